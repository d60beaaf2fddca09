// The update of one home: load it, let the person change it, send that, show what came of it.

import { showErrors } from "../../components/error-summary.js";
import { showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, focusOn } from "../../core/dom.js";
import { NoResponse, refusalInWords } from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { dayOf } from "../../text/dates.js";
import { admissionInWords } from "../../text/vocabulary.js";
import { bedsToSend, changesInWords, editsOver, problemsIn } from "./bed-counts.js";
import {
  lastSeen,
  readDraft,
  readUnsent,
  removeDraft,
  removeUnsent,
  storeDraft,
  storeSeen,
} from "./drafts.js";
import { showEditor } from "./editor.js";
import { deliver, newChange } from "./outbox.js";
import {
  offlineNotice,
  savedNotice,
  showConflict,
  showWaiting,
  updatedNotice,
} from "./save-messages.js";

/**
 * @typedef {import("./bed-counts.js").EditableHome} EditableHome
 * @typedef {import("./bed-counts.js").Edits} Edits
 * @typedef {import("./drafts.js").UnsentChange} UnsentChange
 */

/**
 * Show the update of a home. A change that is not sent yet goes first.
 * @param {HTMLElement} main
 * @param {{ me: Me, signedIn: boolean, locationId: string }} context
 */
export async function showHome(main, { me, signedIn, locationId }) {
  const unsent = readUnsent(me, locationId);
  if (unsent && signedIn) return settle(await deliver(me, unsent), unsent);
  if (unsent) return wait(unsent);
  return load();

  async function load() {
    let home, message;
    try {
      if (!signedIn) throw new NoResponse();
      home = await request("GET", `/homes/${encodeURIComponent(locationId)}`);
      storeSeen(me, home);
    } catch (error) {
      home = lastSeen(me, locationId);
      if (!(error instanceof NoResponse) || !home) return showFailure(main, error);
      message = offlineNotice();
    }
    const { version, edits } = readDraft(me, locationId) || { version: home.version, edits: {} };
    if (version !== home.version) return resolve(home, edits, null);
    return edit(home, { message, edits });
  }

  /**
   * @param {EditableHome} home
   * @param {{ message?: HTMLElement, edits?: Edits, justSaved?: boolean }} state
   */
  function edit(home, { message, edits = {}, justSaved = false }) {
    showEditor(main, {
      ...{ home, edits, message, justSaved },
      onDraft: (now) => storeDraft(me, locationId, { version: home.version, edits: now }),
      onSend: (decision) => send(home, decision),
    });
    if (message) focusOn(message);
  }

  /**
   * @param {EditableHome} home
   * @param {import("./editor.js").Decision} decision
   * @returns {Promise<unknown>}
   */
  async function send(home, { edits, admission }) {
    const isConfirmation = !admission && !Object.keys(edits).length;
    const beds = bedsToSend(home, edits, dayOf(new Date()));
    const lines = changesInWords(home, edits);
    if (admission) lines.push(admissionInWords(admission));
    const change = newChange(home, {
      body: isConfirmation ? null : { beds, ...(admission && { admission_status: admission }) },
      lines: isConfirmation ? ["Nothing has changed"] : lines,
      edits,
    });
    for (const button of main.querySelectorAll("button")) button.disabled = true;
    const outcome = await deliver(me, change);
    // Someone who opened the page without a network has no token: the message offers to sign in.
    if (!signedIn && outcome.waiting) return wait(change);
    return settle(outcome, change, home);
  }

  /**
   * Show what came of sending a change.
   * @param {import("./outbox.js").Outcome} outcome
   * @param {UnsentChange} change
   * @param {EditableHome | null} [home] as it was when it was changed, if that is still known
   * @returns {Promise<unknown>}
   */
  async function settle(outcome, change, home = lastSeen(me, locationId)) {
    if (outcome.waiting === "sign-in") return signIn();
    if (outcome.waiting) return wait(change);
    const admission = (change.body && change.body.admission_status) || null;
    if (outcome.saved) {
      removeDraft(me, locationId);
      storeSeen(me, outcome.saved);
      const message = savedNotice(outcome.saved, change);
      return edit(outcome.saved, { message, justSaved: true });
    }
    if (outcome.outdated) return resolve(outcome.outdated, change.edits, admission);
    if (home) edit(home, { edits: change.edits });
    else fill(main);
    const errors = outcome.refusal ? refusalInWords(outcome.refusal).map((text) => ({ text })) : [];
    return showErrors(main, errors, { title: "Your change was not saved" });
  }

  /**
   * Ask which version is right, where someone else has saved the home meanwhile.
   * @param {EditableHome} current
   * @param {Edits} edits
   * @param {Api.AdmissionStatus | null} admission
   * @returns {unknown}
   */
  function resolve(current, edits, admission) {
    storeSeen(me, current);
    const mine = editsOver(current, edits);
    const takeTheirs = (/** @type {HTMLElement | undefined} */ message) => {
      removeDraft(me, locationId);
      edit(current, { message });
    };
    if (!Object.keys(mine).length && !admission) return takeTheirs(updatedNotice(current));
    return showConflict(main, {
      ...{ current, admission, edits: mine },
      onTheirs: () => takeTheirs(undefined),
      onMine: () => {
        storeDraft(me, locationId, { version: current.version, edits: mine });
        const isWrong = problemsIn(current, mine, dayOf(new Date())).length > 0;
        return isWrong ? edit(current, { edits: mine }) : send(current, { edits: mine, admission });
      },
    });
  }

  /** @param {UnsentChange} change */
  function wait(change) {
    showWaiting(main, {
      ...{ change, signedIn },
      onSignIn: () => signIn(),
      retry: async () => {
        const outcome = await deliver(me, change);
        if (outcome.waiting === "network") return false;
        await settle(outcome, change);
        return true;
      },
      onEdit: () => {
        removeUnsent(me, change);
        storeDraft(me, locationId, { version: change.version, edits: change.edits });
        return load();
      },
    });
  }
}
