// Sends what a home declares so that nothing is lost: it is stored on the phone before it is sent, by
// person and home, and stays there until there is a response. What was answered while nobody was signed
// in is stored apart, by home, until someone on its staff says that it is right.

import { newIdempotencyKey, request } from "../../core/api.js";
import { NoResponse, Refusal } from "../../core/failures.js";
import { forget, read, write } from "../../core/storage.js";
import { joined, warningsAfter } from "./answers.js";

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * @typedef {import("./answers.js").DeclarationEdit} DeclarationEdit
 * @typedef {{ key: string, edit: DeclarationEdit }} Unsent
 *
 * What the API told of answers that it saved, and that nobody was shown yet.
 * @typedef {{ warnings: readonly Api.Warning[], notices: readonly string[] }} Told
 */

/**
 * Give the home as this person saw it last, for when there is no network.
 * @param {Me} me
 * @param {string} locationId
 * @returns {Api.Home | null}
 */
export function lastSeen(me, locationId) {
  return read(`seen.declaration.${me.id}.${locationId}`);
}

/**
 * @param {Me} me
 * @param {Api.Home} home
 */
export function storeSeen(me, home) {
  write(`seen.declaration.${me.id}.${home.location_id}`, home, Date.now() + WEEK_MS);
}

/**
 * Give what was chosen in a group and is not saved yet; null where it was saved.
 * @param {Me} me
 * @param {string} locationId
 * @param {string} group
 * @returns {Record<string, Api.Answer | undefined> | null}
 */
export function readDraft(me, locationId, group) {
  return read(draftName(me, locationId, group));
}

/**
 * Store what is chosen in a group while it is answered, or forget it where it was saved.
 * @param {Me} me
 * @param {string} locationId
 * @param {string} group
 * @param {Record<string, Api.Answer | undefined> | null} chosen
 */
export function storeDraft(me, locationId, group, chosen) {
  if (chosen) write(draftName(me, locationId, group), chosen, Date.now() + WEEK_MS);
  else forget(draftName(me, locationId, group));
}

/**
 * @param {Me} me
 * @param {string} locationId
 * @param {string} group
 */
function draftName(me, locationId, group) {
  return `draft.declaration.${me.id}.${locationId}.${group}`;
}

/**
 * Give what was answered for a home while nobody was signed in.
 * @param {string} locationId
 * @returns {DeclarationEdit | null}
 */
export function readUnsigned(locationId) {
  return read(`unsigned-declaration.${locationId}`);
}

/**
 * Store what is answered while nobody is signed in, with what was before.
 * @param {string} locationId
 * @param {DeclarationEdit} edit
 */
export function keepUnsigned(locationId, edit) {
  const all = joined(readUnsigned(locationId) || {}, edit);
  write(`unsigned-declaration.${locationId}`, all, Date.now() + WEEK_MS);
}

/** @param {string} locationId */
export function forgetUnsigned(locationId) {
  forget(`unsigned-declaration.${locationId}`);
}

/**
 * Give what is not sent yet.
 * @param {Me} me
 * @param {string} locationId
 * @returns {Unsent | null}
 */
export function readUnsent(me, locationId) {
  return read(nameOf(me, locationId));
}

/**
 * Store an edit with what waits already, and send all of it. Give the home as it was saved; null where
 * there was no response, so that it still waits.
 *
 * Throws SignInNeeded, and Refusal after giving up what was refused.
 * @param {Me} me
 * @param {string} locationId
 * @param {DeclarationEdit} [edit]
 * @returns {Promise<Api.Home | null>}
 */
export async function send(me, locationId, edit = {}) {
  const waiting = readUnsent(me, locationId);
  const all = joined(waiting ? waiting.edit : {}, edit);
  // The same request, sent again, keeps its key: the API then writes once.
  const isSame = waiting && JSON.stringify(all) === JSON.stringify(waiting.edit);
  const unsent = { key: isSame ? waiting.key : newIdempotencyKey(), edit: all };
  write(nameOf(me, locationId), unsent, Date.now() + WEEK_MS);
  try {
    const saved = await request("PATCH", `/homes/${encodeURIComponent(locationId)}`, {
      body: all,
      headers: { "Idempotency-Key": unsent.key },
    });
    storeTold(me, locationId, all, saved);
    done(me, locationId, unsent);
    return saved;
  } catch (error) {
    if (error instanceof NoResponse) return null;
    // Whoever signs in again sends it then; what was refused would be refused again.
    if (error instanceof Refusal) done(me, locationId, unsent);
    throw error;
  }
}

/**
 * Give what the API told of answers, and nobody was shown yet: they may have been sent from a page that
 * was closed, or that shows something else.
 * @param {Me} me
 * @param {string} locationId
 * @returns {Told}
 */
export function readTold(me, locationId) {
  return read(toldName(me, locationId)) || { warnings: [], notices: [] };
}

/**
 * Give the same, and forget it: it is shown now.
 * @param {Me} me
 * @param {string} locationId
 */
export function takeTold(me, locationId) {
  const told = readTold(me, locationId);
  forget(toldName(me, locationId));
  return told;
}

/**
 * Store what the API told of an edit that it saved, with what was told before and still stands.
 * @param {Me} me
 * @param {string} locationId
 * @param {DeclarationEdit} edit
 * @param {Api.Home} saved
 */
function storeTold(me, locationId, edit, { warnings: odd = [], notices: ignored = [] }) {
  const before = readTold(me, locationId);
  const warnings = warningsAfter(before.warnings, edit, odd);
  const notices = [...new Set([...before.notices, ...ignored])];
  if (warnings.length + notices.length === 0) forget(toldName(me, locationId));
  else write(toldName(me, locationId), { warnings, notices }, Date.now() + 4 * WEEK_MS);
}

/**
 * @param {Me} me
 * @param {string} locationId
 */
function toldName(me, locationId) {
  return `told.declaration.${me.id}.${locationId}`;
}

/**
 * Forget what was sent, if nothing was added meanwhile in another tab.
 * @param {Me} me
 * @param {string} locationId
 * @param {Unsent} sent
 */
function done(me, locationId, sent) {
  const stored = readUnsent(me, locationId);
  if (stored && stored.key === sent.key) forget(nameOf(me, locationId));
}

/**
 * @param {Me} me
 * @param {string} locationId
 */
function nameOf(me, locationId) {
  return `declaration.${me.id}.${locationId}`;
}
