// What this phone stores of a person's work: the bed counts that they saw last, their draft, and
// the change that is not sent yet. It is stored by person, so that nobody sends another's change.

import { forget, names, read, write } from "../../core/storage.js";

/**
 * @typedef {import("./bed-counts.js").Edits} Edits
 * @typedef {import("./bed-counts.js").EditableHome} EditableHome
 *
 * Edits, and the version of the home that they were made on.
 * @typedef {{ version: number, edits: Edits }} Draft
 *
 * A change that was sent and has no response yet.
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
  const { registration, admission_status, confirmed_at } = home;
  write(`seen.${me.id}.${location_id}`, {
    ...{ location_id, version, name, postcode, registered_beds, beds },
    ...{ registration, admission_status, confirmed_at },
  });
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
  if (Object.keys(draft.edits).length) write(`draft.${me.id}.${locationId}`, draft);
  else removeDraft(me, locationId);
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
  write(`outbox.${me.id}.${change.location_id}`, change);
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
 * List the names of homes for which this phone has an unsent change of someone else.
 * @param {Me} me
 * @returns {string[]}
 */
export function homesWithUnsentOfOthers(me) {
  return names("outbox.")
    .filter((name) => !name.startsWith(`outbox.${me.id}.`))
    .map((name) => read(name).home_name);
}
