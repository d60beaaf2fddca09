// What the page says after Save: it is saved, it waits for the network, or someone else was first.

import { button } from "../../components/button.js";
import { compare } from "../../components/compare.js";
import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { reachable } from "../../core/config.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoResponse, noResponseInWords } from "../../core/failures.js";
import { clock, when } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { admissionInWords, CATEGORIES, COUNTS } from "../../text/vocabulary.js";
import { entriesOf, fieldsOf, registrationInWords, visibleInWords } from "./bed-counts.js";

/**
 * @typedef {import("./bed-counts.js").EditableHome} EditableHome
 * @typedef {import("./drafts.js").UnsentChange} UnsentChange
 */

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60000;

/** @type {Record<string, string>} */
const OTHER_FIELDS = {
  available_from: "date of the next free bed",
  not_available_reason: "reason for beds not offered",
};

/**
 * Make the notice that a change is saved, and what hospital teams see now.
 * @param {EditableHome} home as it was saved
 * @param {UnsentChange} change
 */
export function savedNotice(home, { lines }) {
  return notice(
    registrationInWords(home) ? "warning" : "success",
    `Saved at ${clock(home.confirmed_at || Date.now())}`,
    listOf(lines),
    h("p", null, visibleInWords(home)),
  );
}

/**
 * Make the line that says how many alerts the vacancies match. It is filled later, so it belongs below
 * everything that someone may press by then.
 * @param {string} locationId
 */
export function matchingAlerts(locationId) {
  const place = h("p", { hidden: true });
  showMatchingAlerts(place, locationId);
  return place;
}

/**
 * Show how many alerts the vacancies match. Nobody need wait for it, so a failure shows nothing.
 * @param {HTMLElement} place
 * @param {string} locationId
 */
async function showMatchingAlerts(place, locationId) {
  try {
    const path = `/homes/${encodeURIComponent(locationId)}/alerts`;
    const { alerts, teams } = await request("GET", path);
    if (!alerts) return;
    const from = plural(teams, "hospital team");
    fill(place, `Your vacancies match ${plural(alerts, "alert")} of ${from}.`);
    place.hidden = false;
  } catch {
    // The change is saved all the same.
  }
}

/**
 * @typedef {object} ConflictOptions
 * @property {EditableHome} current as someone else has saved it
 * @property {import("./bed-counts.js").Edits} edits
 * @property {Api.AdmissionStatus | null} admission what the person has decided
 * @property {() => unknown} onMine
 * @property {() => unknown} onTheirs
 */

/**
 * Show both versions side by side, and let the person decide.
 * @param {HTMLElement} main
 * @param {ConflictOptions} options
 */
export function showConflict(main, { current, edits, admission, onMine, onTheirs }) {
  /** @type {[string, string, string][]} */
  const rows = entriesOf(edits).map(({ category, name, text }) => [
    `${CATEGORIES[category]}, ${COUNTS[name] || OTHER_FIELDS[name]}`,
    text || "none",
    fieldsOf(current, {}, category)[name] || "none",
  ]);
  if (admission) {
    const theirs = admissionInWords(current.admission_status);
    rows.push(["Admissions", admissionInWords(admission), theirs]);
  }
  const time = when(current.confirmed_at || Date.now());
  const question = compare({
    intro: `They updated ${current.name} at ${time}. Choose the version that is right.`,
    mineText: "Save mine",
    ...{ rows, onMine, onTheirs },
  });
  fill(main, h("h1", { class: "nhsuk-heading-l" }, current.name), question);
  focusOn(question);
}

/** @param {EditableHome} home */
export function updatedNotice(home) {
  const time = when(home.confirmed_at || Date.now());
  return notice(
    "warning",
    "Someone else has updated this home",
    h("p", null, `These are the bed counts from ${time}. Check that they are right.`),
  );
}

/**
 * @param {NoResponse} failure
 * @param {boolean} signedIn
 */
export function offlineNotice(failure, signedIn) {
  const seen = "These are the bed counts that this phone saw last. You can change them. ";
  const next = signedIn
    ? "We will send your change as soon as we can."
    : "You are not signed in. So we will not send your change until someone from the home has " +
      "signed in on this phone and checked it.";
  return notice("warning", noResponseInWords(failure).heading, h("p", null, seen + next));
}

/**
 * @typedef {object} WaitingOptions
 * @property {UnsentChange} change
 * @property {boolean} signedIn
 * @property {boolean} isUnsigned whether it was entered while nobody was signed in
 * @property {NoResponse} [failure] why it was not sent just now
 * @property {() => Promise<NoResponse | null>} retry sends it, and gives why there is no response
 * @property {() => unknown} onEdit
 * @property {() => unknown} onSignIn for someone without a token, once there is a network
 */

/**
 * Say that a change has no response yet, and try again until it has.
 * @param {HTMLElement} main
 * @param {WaitingOptions} options
 */
export function showWaiting(main, options) {
  const { change, signedIn, isUnsigned, failure, retry, onEdit, onSignIn } = options;
  let pause = FIRST_PAUSE_MS;
  let timer = 0;
  let trying = false;
  const state = h("p", { "aria-live": "polite" }, failure && `${reasonOf(failure)}.`);
  const tryButton = button("Try now", { onClick: () => attempt() });
  const signInButton = button(isUnsigned ? "Sign in and check it" : "Sign in and send", {
    onClick: onSignIn,
  });

  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener("online", attempt);
    document.removeEventListener("visibilitychange", attempt);
  };
  const attempt = async () => {
    if (trying || document.visibilityState === "hidden") return;
    trying = true;
    clearTimeout(timer);
    state.textContent = "Trying to send…";
    /** @type {NoResponse | null} */
    let again;
    try {
      if (!signedIn && (await reachable())) {
        state.textContent = "You are connected again.";
        tryButton.replaceWith(signInButton);
        return stop();
      }
      again = signedIn ? await retry() : new NoResponse();
      if (!again) return stop();
    } finally {
      trying = false;
    }
    const then = signedIn ? " We will try again automatically." : "";
    state.textContent = `${reasonOf(again)} at ${when(new Date())}.${then}`;
    timer = window.setTimeout(attempt, pause);
    pause = Math.min(LONGEST_PAUSE_MS, 2 * pause);
  };
  const edit = () => {
    stop();
    onEdit();
  };

  const editText = signedIn || isUnsigned ? "Edit before sending" : "Enter other bed counts";
  const message = notice(
    "warning",
    "Not saved yet",
    h("p", null, waitingInWords(change, signedIn, isUnsigned)),
    // Without a sign-in nobody knows whose hand the phone is in.
    (signedIn || isUnsigned) && listOf(change.lines),
    state,
    tryButton,
    h("div", null, button(editText, { kind: "link", onClick: edit })),
  );
  fill(main, h("h1", { class: "nhsuk-heading-l" }, change.home_name), message);
  focusOn(message);
  window.addEventListener("online", attempt);
  document.addEventListener("visibilitychange", attempt);
  timer = window.setTimeout(attempt, pause);
}

/**
 * Write what becomes of a change that waits.
 * @param {UnsentChange} change
 * @param {boolean} signedIn
 * @param {boolean} isUnsigned
 */
function waitingInWords({ made_at }, signedIn, isUnsigned) {
  const stored = `This phone has stored the change from ${when(made_at)}. `;
  if (signedIn) {
    return `${stored}We will send it as soon as we can. Keep this page open, or come back to it later.`;
  }
  if (!isUnsigned) return `${stored}We will send it when the person who made it signs in again.`;
  return (
    `${stored}Nobody was signed in, so we will not send it by itself. When you have a connection, ` +
    "sign in: we will show it to you, and you can send it. We delete it after 7 days."
  );
}

/** @param {NoResponse} failure */
function reasonOf(failure) {
  return noResponseInWords(failure).heading;
}

/** @param {readonly string[]} lines */
export function listOf(lines) {
  return h(
    "ul",
    null,
    lines.map((line) => h("li", null, line)),
  );
}
