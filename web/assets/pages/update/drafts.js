// What this phone keeps of a person's work: the numbers seen last, what was typed, what waits to be
// sent. All of it by person, so that nobody sends what another has typed.

import { forget, names, read, write } from "../../core/storage.js";

// The homes as they were seen last, for when there is no network.
export function seen(me, locationId) {
  return read(`seen.${me.id}.${locationId}`);
}

export function keepSeen(me, home) {
  const { location_id, version, name, postcode, registered_beds, beds } = home;
  const { admission_status, confirmed_at } = home;
  write(`seen.${me.id}.${location_id}`, {
    ...{ location_id, version, name, postcode, registered_beds, beds },
    ...{ admission_status, confirmed_at },
  });
}

// A draft: {version, edits}, the version of the home that it was typed over.
export function draft(me, locationId) {
  return read(`draft.${me.id}.${locationId}`);
}

export function keepDraft(me, locationId, kept) {
  if (Object.keys(kept.edits).length) write(`draft.${me.id}.${locationId}`, kept);
  else forget(`draft.${me.id}.${locationId}`);
}

// What was sent and has no answer yet; see outbox.js.
export function waiting(me, locationId) {
  return read(`outbox.${me.id}.${locationId}`);
}

export function keepWaiting(me, entry) {
  write(`outbox.${me.id}.${entry.location_id}`, entry);
}

// Only if it is still this one: another tab may have put a newer one there.
export function dropWaiting(me, entry) {
  const kept = waiting(me, entry.location_id);
  if (kept && kept.key === entry.key) forget(`outbox.${me.id}.${entry.location_id}`);
}

// Names of homes for which somebody else's change waits on this phone.
export function waitingOfOthers(me) {
  return names("outbox.")
    .filter((name) => !name.startsWith(`outbox.${me.id}.`))
    .map((name) => read(name).home_name);
}
