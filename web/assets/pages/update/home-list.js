// Several homes: first those that are due, and of these the one whose answer tells most.

import { button } from "../../components/button.js";
import { showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoResponse, refusalInWords } from "../../core/failures.js";
import { isSignedIn, signIn } from "../../core/sign-in.js";
import { ageInWords, clock, dayOf, isDue } from "../../text/dates.js";
import { capitalised } from "../../text/format.js";
import { admissionInWords } from "../../text/vocabulary.js";
import { registrationInWords, visibleInWords } from "./bed-counts.js";
import { lastSeen, readDraft, readUnsent, storeSeen } from "./drafts.js";
import { byUrgency, updateHref } from "./next-home.js";
import { deliver, newChange } from "./outbox.js";
import { questionsOf } from "./passed-days.js";
import { offlineNotice } from "./save-messages.js";

/** @typedef {import("./bed-counts.js").EditableHome} EditableHome */

const UNSENT = "You have a change that is not sent yet.";

/**
 * Show all homes of the person.
 * @param {HTMLElement} main
 * @param {{ me: Me, signedIn: boolean }} context
 */
export async function showHomes(main, { me, signedIn }) {
  let homes;
  /** @type {NoResponse | undefined} */
  let failure;
  const onFailure = (/** @type {NoResponse} */ error) => (failure = error);
  try {
    homes = await Promise.all(me.homes.map((each) => loadHome(me, signedIn, each, onFailure)));
  } catch (error) {
    return showFailure(main, error);
  }
  homes = byUrgency(homes);
  const isUpToDate = (/** @type {EditableHome} */ home) =>
    !asksNow(home) && !readUnsent(me, home.location_id);
  const upToDate = homes.filter(isUpToDate);
  const others = homes.filter((home) => !isUpToDate(home));
  return fill(
    main,
    failure && offlineNotice(failure, signedIn),
    h("h1", { class: "nhsuk-heading-l" }, "Your homes"),
    section("Need attention", others, { me, signedIn }),
    section("Up to date", upToDate, { me, signedIn }),
  );
}

/**
 * Load a home; without a network, give it as it was seen last.
 *
 * Throws where the API refuses it, or it was never seen.
 * @param {Me} me
 * @param {boolean} signedIn
 * @param {string} locationId
 * @param {(failure: NoResponse) => unknown} onFailure called where the home is as it was seen last
 * @returns {Promise<EditableHome>}
 */
async function loadHome(me, signedIn, locationId, onFailure) {
  try {
    if (!signedIn) throw new NoResponse();
    const home = await request("GET", `/homes/${encodeURIComponent(locationId)}`);
    storeSeen(me, home);
    return home;
  } catch (error) {
    const home = lastSeen(me, locationId);
    if (!(error instanceof NoResponse) || !home) throw error;
    onFailure(error);
    return home;
  }
}

/** @typedef {{ me: Me, signedIn: boolean }} Context */

/**
 * @param {string} heading
 * @param {readonly EditableHome[]} homes
 * @param {Context} context
 */
function section(heading, homes, context) {
  if (!homes.length) return null;
  return [
    h("h2", { class: "nhsuk-heading-m" }, `${heading} (${homes.length})`),
    h(
      "ul",
      { class: "homes" },
      homes.map((home) => item(home, context)),
    ),
  ];
}

/**
 * Make the item of a home, with a button that confirms its bed counts where nothing has to be asked.
 * @param {EditableHome} home
 * @param {Context} context
 */
function item(home, { me, signedIn }) {
  const place = h("li", { class: "card" });

  /**
   * @param {EditableHome} current
   * @param {Children} below
   */
  function show(current, below) {
    const closed = current.admission_status.status === "closed";
    fill(
      place,
      h("a", { href: updateHref(current.location_id) }, current.name),
      closed && h("p", null, h("strong", null, admissionInWords(current.admission_status))),
      h("p", { class: "age" }, capitalised(ageInWords(current.confirmed_at))),
      isToldGone(current) && h("p", null, h("strong", null, "Still free, or gone?")),
      below,
    );
  }

  async function confirm() {
    if (!(await isSignedIn(me))) return signIn();
    const content = { body: null, lines: ["Nothing has changed"], edits: {} };
    const outcome = await deliver(me, newChange(home, content));
    if (outcome.waiting === "sign-in") return signIn();
    if (outcome.saved) {
      storeSeen(me, outcome.saved);
      const text = `Saved at ${clock(outcome.saved.confirmed_at || Date.now())}.`;
      return told(outcome.saved, text, visibleInWords(outcome.saved));
    }
    if (outcome.waiting)
      return told(home, UNSENT, "We will send it when you open this home again.");
    if (outcome.outdated) {
      storeSeen(me, outcome.outdated);
      const text = "Someone else has updated this home. Open it and check the bed counts.";
      return told(outcome.outdated, text);
    }
    const why = outcome.refusal ? refusalInWords(outcome.refusal) : [];
    return told(home, "Your change was not saved.", ...why);
  }

  /**
   * @param {EditableHome} current
   * @param {string} outcome
   * @param {...string} more
   */
  function told(current, outcome, ...more) {
    const message = h("p", null, h("strong", null, outcome), ` ${more.join(" ")}`);
    show(current, message);
    focusOn(message);
  }

  const hasUnsent = Boolean(readUnsent(me, home.location_id));
  const canConfirm = signedIn && !hasUnsent && !readDraft(me, home.location_id);
  show(home, [
    hasUnsent && h("p", null, h("strong", null, UNSENT)),
    canConfirm && isConfirmable(home) && confirmation(home, confirm),
  ]);
  return place;
}

/** @param {EditableHome} home */
function isToldGone({ disputes }) {
  return disputes && disputes.length > 0;
}

/** @param {EditableHome} home */
function asksNow(home) {
  return isDue(home.confirmed_at) || isToldGone(home);
}

/**
 * Say whether a tap can confirm the counts: they are not new, they are due, and no day has passed that
 * the home's page has to ask about.
 * @param {EditableHome} home
 */
function isConfirmable(home) {
  const asks = questionsOf(home, dayOf(new Date())).length > 0;
  const hasPosted = Boolean(home.confirmed_at);
  return hasPosted && asksNow(home) && !asks && !registrationInWords(home);
}

/**
 * @param {EditableHome} home
 * @param {() => unknown} onConfirm
 */
function confirmation(home, onConfirm) {
  const of = home.name;
  return [
    h("p", null, visibleInWords(home)),
    button("Nothing has changed", { kind: "secondary", of, onClick: onConfirm }),
  ];
}
