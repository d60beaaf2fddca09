// The update of one home: load it, let the person change it, send that, show what came of it.

import { withProgress } from "../../components/button.js";
import { showErrors } from "../../components/error-summary.js";
import { showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, find, focusOn } from "../../core/dom.js";
import { NoResponse, refusalInWords } from "../../core/failures.js";
import { isSignedIn, signIn } from "../../core/sign-in.js";
import { dayOf } from "../../text/dates.js";
import { admissionInWords } from "../../text/vocabulary.js";
import { askAfter } from "./ask-after.js";
import { bedsToSend, changesInWords, editsOver, problemsIn } from "./bed-counts.js";
import {
  lastSeen,
  readDraft,
  readUnsent,
  removeDraft,
  removeUnsent,
  removeUnsigned,
  storeDraft,
  storeSeen,
  storeUnsigned,
  unsignedChanges,
} from "./drafts.js";
import { showEditor } from "./editor.js";
import { nextHome } from "./next-home.js";
import { deliver, newChange } from "./outbox.js";
import {
  offlineNotice,
  matchingAlerts,
  savedNotice,
  showConflict,
  showWaiting,
  updatedNotice,
} from "./save-messages.js";
import { showUnsigned } from "./unsigned.js";

/**
 * @typedef {import("./bed-counts.js").EditableHome} EditableHome
 * @typedef {import("./bed-counts.js").Edits} Edits
 * @typedef {import("./drafts.js").UnsentChange} UnsentChange
 */

/**
 * Show the update of a home. A change that is not sent yet goes first; then what was entered while
 * nobody was signed in.
 * @param {HTMLElement} main
 * @param {{ me: Me, signedIn: boolean, locationId: string }} context
 */
export async function showHome(main, { me, signedIn: wasSignedIn, locationId }) {
  let signedIn = wasSignedIn;
  let opened = false;
  /** What is being entered while nobody is signed in: its key, so that it is stored once. */
  let unsignedKey = "";
  const unsent = readUnsent(me, locationId);
  if (unsent && signedIn) return settle(await deliver(me, unsent), unsent);
  if (unsent) return wait(unsent, false);
  return start();

  /**
   * Show what was entered while nobody was signed in; without, the form.
   * @returns {unknown}
   */
  function start() {
    const change = signedIn && unsignedChanges(me).find((each) => each.location_id === locationId);
    if (!change) return load();
    opened = true;
    return showUnsigned(main, {
      change,
      onSend: async () => {
        removeUnsigned(change.key);
        return settle(await deliver(me, change), change);
      },
      onEdit: () => {
        const own = readDraft(me, locationId);
        const version = Math.min(change.version, own ? own.version : change.version);
        const edits = { ...(own && own.edits), ...change.edits };
        removeUnsigned(change.key);
        storeDraft(me, locationId, { version, edits });
        return load();
      },
      onDelete: () => {
        removeUnsigned(change.key);
        return start();
      },
    });
  }

  /** @param {import("./drafts.js").Draft | null} [draft] */
  async function load(draft = signedIn ? readDraft(me, locationId) : null) {
    let home, message, question;
    try {
      if (!signedIn) throw new NoResponse();
      const path = `/homes/${encodeURIComponent(locationId)}`;
      home = await request("GET", path);
      storeSeen(me, home);
      question = await stillFree(home, path).catch(() => null);
    } catch (error) {
      home = lastSeen(me, locationId);
      if (!(error instanceof NoResponse) || !home) return showFailure(main, error);
      message = offlineNotice(error, signedIn);
    }
    const { version, edits } = draft || { version: home.version, edits: {} };
    if (version !== home.version) return resolve(home, edits, null);
    return edit(home, { message, question, edits });
  }

  /**
   * @param {EditableHome} home
   * @param {{ message?: HTMLElement, question?: Child, edits?: Edits, justSaved?: boolean }} state
   */
  function edit(home, { message, question, edits = {}, justSaved = false }) {
    showEditor(main, {
      ...{ home, edits, message, question, justSaved },
      onDraft: (now) => keep(home, now),
      onSend: (decision) => send(home, decision),
    });
    // The button that led here is gone; when the page opens, nothing was in focus yet.
    if (message || opened) focusOn(message || find(main, "h1", HTMLElement));
    opened = true;
  }

  /**
   * Store what is being entered. It is a draft of the person only while they are signed in.
   * @param {EditableHome} home
   * @param {Edits} edits
   */
  function keep(home, edits) {
    if (signedIn) return storeDraft(me, locationId, { version: home.version, edits });
    removeUnsigned(unsignedKey);
    const lines = changesInWords(home, edits);
    const draft = newChange(home, { body: null, lines, edits, is_draft: true });
    unsignedKey = draft.key;
    return lines.length ? storeUnsigned(me, draft) : undefined;
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
    if (signedIn && (await isSignedIn(me))) {
      return settle(await withProgress(deliver(me, change), "Saving…"), change, home);
    }
    signedIn = false;
    // Whoever enters this may be someone else. So it waits until a person says that it is right.
    removeUnsigned(unsignedKey);
    removeDraft(me, locationId);
    storeUnsigned(me, change);
    return wait(change, true);
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
    if (outcome.waiting) return wait(change, false, outcome.failure);
    const admission = (change.body && change.body.admission_status) || null;
    if (outcome.saved) {
      removeDraft(me, locationId);
      storeSeen(me, outcome.saved);
      const message = savedNotice(outcome.saved, change);
      const next = nextHome(me.homes, locationId, (each) => lastSeen(me, each));
      if (next) message.append(next);
      // What comes late stands last: nothing moves away from under a finger.
      message.append(askAfter(me, outcome.saved), matchingAlerts(locationId));
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
    opened = true;
    return showConflict(main, {
      ...{ current, admission, edits: mine },
      onTheirs: () => takeTheirs(undefined),
      onMine: () => {
        keep(current, mine);
        const isWrong = problemsIn(current, mine, dayOf(new Date())).length > 0;
        return isWrong ? edit(current, { edits: mine }) : send(current, { edits: mine, admission });
      },
    });
  }

  /**
   * @param {UnsentChange} change
   * @param {boolean} isUnsigned whether it was entered while nobody was signed in
   * @param {NoResponse} [failure] why it was not sent just now
   */
  function wait(change, isUnsigned, failure) {
    opened = true;
    showWaiting(main, {
      ...{ change, isUnsigned, failure },
      signedIn: signedIn && !isUnsigned,
      onSignIn: () => signIn(),
      retry: async () => {
        const outcome = await deliver(me, change);
        if (outcome.failure) return outcome.failure;
        await settle(outcome, change);
        return null;
      },
      onEdit: () => {
        const { version, edits } = change;
        if (isUnsigned) removeUnsigned(change.key);
        else if (signedIn) removeUnsent(me, change);
        if (!signedIn) return load(isUnsigned ? { version, edits } : null);
        storeDraft(me, locationId, { version, edits });
        return load();
      },
    });
  }
}

/**
 * Ask whether the beds are still free of which teams were told that they are gone. The home comes with
 * what they were told, but where search is public: the API then does not know who asks for a home.
 * @param {Api.Home} home
 * @param {string} path
 */
async function stillFree({ disputes }, path) {
  const told = disputes || (await request("GET", `${path}/disputes`)).disputes;
  return told.length && (await import("./still-free.js")).stillFree(told);
}
