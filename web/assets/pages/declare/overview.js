// How far a home has come: its groups of needs and its terms, each of which opens as a form.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { showFailure } from "../../components/page.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { Refusal, refusalInWords } from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { dayInWords } from "../../text/dates.js";
import { FUNDING, GROUPS, NEEDS } from "../../text/needs.js";
import { isOld, progressInWords } from "./answers.js";
import { showGroup } from "./group-form.js";
import { showTerms, termsInWords } from "./terms-form.js";

/**
 * @typedef {import("./answers.js").DeclarationEdit} DeclarationEdit
 *
 * @typedef {object} OverviewOptions
 * @property {Api.Home} home
 * @property {Waits} waits
 * @property {(edit: DeclarationEdit, home: Api.Home) => Promise<Sent>} onSend
 * @property {() => import("./unsent.js").Told} takeTold what the API told of answers, and was not shown yet
 * @property {(group: string) => Chosen | null} readDraft what was chosen in a group and not saved
 * @property {(group: string, chosen: Chosen | null) => unknown} onDraft
 *
 * @typedef {import("./group-form.js").Chosen} Chosen
 *
 * For what something that was answered waits, so that it is not sent yet.
 * @typedef {"" | "connection" | "sign-in"} Waits
 *
 * What came of an edit: the home with it.
 * @typedef {{ home: Api.Home, waits: Waits }} Sent
 */

const TERMS = "terms";
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60000;

/**
 * Show the groups, and the form of the one that the address names.
 * @param {HTMLElement} main
 * @param {OverviewOptions} options
 */
export function showOverview(main, options) {
  let { home, waits } = options;
  let pause = FIRST_PAUSE_MS;
  let timer = 0;
  let sending = false;
  const places = [...Object.keys(GROUPS), TERMS];
  window.addEventListener("hashchange", () => show(true));
  window.addEventListener("online", sendWaiting);
  document.addEventListener("visibilitychange", sendWaiting);
  show(false);
  tryLater();

  /**
   * @param {boolean} isMove whether the person came here from another part of the page
   * @param {HTMLElement} [message]
   */
  function show(isMove, message = laterNotice()) {
    const place = location.hash.slice(1);
    if (isOnList()) showList(message);
    else if (place === TERMS) showTerms(main, { home, message, onSave: save });
    else showGroup(main, groupOptions(place, message));
    const heading = main.querySelector("h1");
    if (message) focusOn(message);
    else if (isMove && heading) focusOn(heading);
    if (isMove) window.scrollTo(0, 0);
  }

  /** Make the notice of what was told of answers that were sent later; it does not disturb a form. */
  function laterNotice() {
    if (waits || !isOnList()) return undefined;
    const told = options.takeTold();
    return told.warnings.length + told.notices.length > 0 ? savedNotice(told) : undefined;
  }

  /**
   * @param {string} group
   * @param {HTMLElement} [message]
   * @returns {import("./group-form.js").GroupOptions}
   */
  function groupOptions(group, message) {
    return {
      ...{ group, home, message, next: nextOf(group) },
      draft: options.readDraft(group),
      onDraft: (chosen) => options.onDraft(group, chosen),
      onSave: async (edit, place) => {
        await save(edit, place, () => options.onDraft(group, null));
      },
    };
  }

  /**
   * Save an edit, then go to another part of the page.
   * @param {DeclarationEdit} edit
   * @param {string} [place] the group to go to; without, the list
   * @param {() => unknown} [onStored] called once it is saved, or waits on this phone
   */
  async function save(edit, place = "", onStored = () => {}) {
    ({ home, waits } = await options.onSend(edit, home));
    onStored();
    const saved = waits ? waitingNotice(waits) : savedNotice(options.takeTold());
    pause = FIRST_PAUSE_MS;
    tryLater();
    history.pushState(null, "", `${location.pathname}${location.search}${place && `#${place}`}`);
    show(true, saved);
  }

  /** Send what waits, without disturbing a group that is being answered. */
  async function sendWaiting() {
    if (waits !== "connection" || sending || document.visibilityState === "hidden") {
      return undefined;
    }
    sending = true;
    try {
      ({ home, waits } = await options.onSend({}, home));
    } catch (error) {
      if (isOnList()) return showFailure(main, error);
      // Whoever signs in when they save this group sends what waits too.
      if (!(error instanceof Refusal)) return undefined;
      waits = "";
      const lines = refusalInWords(error).map((line) => h("p", null, line));
      return main.prepend(notice("error", "Earlier answers were not saved", lines));
    } finally {
      sending = false;
    }
    if (!waits && isOnList()) show(false);
    return tryLater();
  }

  function isOnList() {
    return !places.includes(location.hash.slice(1));
  }

  function tryLater() {
    clearTimeout(timer);
    if (waits !== "connection") return;
    timer = window.setTimeout(sendWaiting, pause);
    pause = Math.min(LONGEST_PAUSE_MS, 2 * pause);
  }

  /** @param {HTMLElement} [message] */
  function showList(message) {
    document.title = `Whom you take – ${home.name} – Bedboard`;
    fill(
      main,
      message,
      !message && waits && waitingNotice(waits),
      h("h1", { class: "nhsuk-heading-l" }, "Whom you take"),
      h("p", { class: "nhsuk-body-l" }, home.name),
      h(
        "p",
        null,
        "Tell discharge teams before they ring. They search for what a person needs: they see first",
        " the homes that said yes, then those to ask. A question that you leave open never counts as no.",
      ),
      h(
        "ul",
        { class: "homes groups" },
        Object.entries(GROUPS).map(([group, label]) => {
          const old = isOld(group, home, new Date());
          const said = home.needs_said_on && home.needs_said_on[group];
          return groupItem(
            group,
            label,
            progressInWords(group, home) + (options.readDraft(group) ? ". Some not saved yet" : ""),
            old && `You said this on ${dayInWords(String(said))}. Is it still right?`,
          );
        }),
        groupItem(TERMS, "Who pays, and when you admit", termsInWords(home)),
      ),
    );
  }

  /**
   * @param {string} place
   * @param {string} label
   * @param {string} progress
   * @param {string | false} [question]
   */
  function groupItem(place, label, progress, question = false) {
    const link = h("a", { href: `#${place}` }, label);
    return h(
      "li",
      { class: "card" },
      h("h2", { class: "nhsuk-heading-s" }, link),
      h("p", null, progress),
      question && h("p", { class: "groups__question" }, question),
    );
  }

  /**
   * Give the group to answer after this one: the next that is not answered yet, else the next.
   * @param {string} group
   */
  function nextOf(group) {
    const groups = Object.keys(GROUPS);
    const later = groups.slice(groups.indexOf(group) + 1);
    const open = later.find((each) => progressInWords(each, home) === "Not answered yet");
    return open || later[0] || TERMS;
  }
}

/**
 * @param {import("./unsent.js").Told} told warnings of answers that were saved, and look odd; notices of
 *   answers that were not, because nobody asks for that any more
 */
function savedNotice({ warnings, notices }) {
  const text = [
    h("p", null, "Discharge teams can see your answers now."),
    notices.map((each) => h("p", null, each)),
  ];
  if (!warnings.length) return notice("success", "Saved", text);
  const lines = warnings.map(({ need, message }) => {
    const { group, label } = NEEDS[need] || { group: TERMS, label: FUNDING[need] };
    return h("li", null, h("a", { href: `#${group}` }, label), `: ${message}`);
  });
  const check = h("p", null, "Check whether these are right:");
  return notice("warning", "Saved", text, check, h("ul", null, lines));
}

/** @param {Waits} waits */
function waitingNotice(waits) {
  if (waits === "connection") {
    const text =
      "There is no connection. Your answers are kept on this phone, and go out by themselves.";
    return notice("warning", "Not sent yet", h("p", null, text));
  }
  const text =
    "Your answers are kept on this phone. Nobody is signed in, so they do not go out by themselves: " +
    "when you have a connection, sign in and check them. We delete them after 7 days.";
  const again = button("Sign in and check them", { onClick: () => signIn() });
  return notice("warning", "Not sent yet", h("p", null, text), again);
}
