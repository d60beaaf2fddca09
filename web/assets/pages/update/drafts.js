// What this phone stores of a person's work: the bed counts that they saw last, their draft, and the
// change that is not sent yet. It is stored by person, so that nobody sends another's change. What
// was entered while nobody was signed in is stored apart, until someone says that it is right.

import { forget, names, read, write } from "../../core/storage.js";

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * @typedef {import("./bed-counts.js").Edits} Edits
 * @typedef {import("./bed-counts.js").EditableHome} EditableHome
 *
 * Edits, and the version of the home that they were made on.
 * @typedef {{ version: number, edits: Edits }} Draft
 *
 * A change that has no response yet.
 * @typedef {object} UnsentChange
 * @property {string} key the idempotency key
 * @property {string} location_id
 * @property {string} home_name
 * @property {number} version of the home when it was made
 * @property {string} made_at
 * @property {{ beds: unknown, admission_status?: Api.AdmissionStatus } | null} body null where
 *   nothing has changed
 * @property {string[]} lines the change in words
 * @property {Edits} edits for the form, if the person wants to edit it again
 * @property {boolean} [is_draft] whether nobody tapped Save yet: then only the edits count
 */

/**
 * Give the home as this person saw it last, for when there is no network.
 * @param {Me} me
 * @param {string} locationId
 * @returns {EditableHome | null}
 */
export function lastSeen(me, locationId) {
  return read(`seen.${me.id}.${locationId}`);
}

/**
 * @param {Me} me
 * @param {EditableHome} home
 */
export function storeSeen(me, home) {
  const { location_id, version, name, postcode, registered_beds, beds } = home;
  const { registration, successor, admission_status, confirmed_at, said_at, home_before } = home;
  const { reminder_value } = home;
  const seen = {
    ...{ location_id, version, name, postcode, registered_beds, beds, reminder_value },
    ...{ registration, successor, admission_status, confirmed_at, said_at, home_before },
  };
  write(`seen.${me.id}.${location_id}`, seen, Date.now() + WEEK_MS);
}

/**
 * @param {Me} me
 * @param {string} locationId
 * @returns {Draft | null}
 */
export function readDraft(me, locationId) {
  return read(`draft.${me.id}.${locationId}`);
}

/**
 * Store a draft, or remove it where it has no edits.
 * @param {Me} me
 * @param {string} locationId
 * @param {Draft} draft
 */
export function storeDraft(me, locationId, draft) {
  if (!Object.keys(draft.edits).length) return removeDraft(me, locationId);
  return write(`draft.${me.id}.${locationId}`, draft, Date.now() + WEEK_MS);
}

/**
 * @param {Me} me
 * @param {string} locationId
 */
export function removeDraft(me, locationId) {
  forget(`draft.${me.id}.${locationId}`);
}

/**
 * @param {Me} me
 * @param {string} locationId
 * @returns {UnsentChange | null}
 */
export function readUnsent(me, locationId) {
  return read(`outbox.${me.id}.${locationId}`);
}

/**
 * @param {Me} me
 * @param {UnsentChange} change
 */
export function storeUnsent(me, change) {
  write(`outbox.${me.id}.${change.location_id}`, change, weekAfter(change));
}

/**
 * Remove a change, if it is still the one that is stored: another tab may have stored a newer one.
 * @param {Me} me
 * @param {UnsentChange} change
 */
export function removeUnsent(me, change) {
  const stored = readUnsent(me, change.location_id);
  if (stored && stored.key === change.key) forget(`outbox.${me.id}.${change.location_id}`);
}

/**
 * List the names of this person's homes for which someone else has an unsent change on this phone.
 * @param {Me} me
 * @returns {string[]}
 */
export function homesWithUnsentOfOthers(me) {
  return names("outbox.").flatMap((name) => {
    const change = read(name);
    if (!change || !me.homes.includes(change.location_id)) return [];
    return name === `outbox.${me.id}.${change.location_id}` ? [] : [change.home_name];
  });
}

/**
 * Store what was entered while nobody was signed in, under whoever was here last.
 * @param {Me} me
 * @param {UnsentChange} change
 */
export function storeUnsigned(me, change) {
  write(`unsigned.${me.id}.${change.location_id}.${change.key}`, change, weekAfter(change));
}

/**
 * List what was entered on this phone for the homes of a person while nobody was signed in, the
 * oldest first. They are its owner, or a colleague: whoever sends it does so in their own name.
 * @param {Me} me who is signed in
 * @returns {UnsentChange[]}
 */
export function unsignedChanges(me) {
  return names("unsigned.")
    .map((name) => read(name))
    .filter((change) => change && me.homes.includes(change.location_id))
    .sort((one, other) => Date.parse(one.made_at) - Date.parse(other.made_at));
}

/**
 * Remove what was entered while nobody was signed in, whoever was here last then.
 * @param {string} key
 */
export function removeUnsigned(key) {
  for (const name of names("unsigned.")) if (name.endsWith(`.${key}`)) forget(name);
}

/** @param {UnsentChange} change */
function weekAfter({ made_at }) {
  return Date.parse(made_at) + WEEK_MS;
}
