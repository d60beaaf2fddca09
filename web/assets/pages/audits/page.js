// The council's two calls a day: whom to call, about what, and what came of it.

import { callQuestion } from "../../components/call-question.js";
import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { openPage, showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { forgetCall, notedCall } from "../../core/calls.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { dayWithWeekday, when } from "../../text/dates.js";
import { lowerFirst, telephone } from "../../text/format.js";
import { AUDIT_RESULTS } from "../../text/outcomes.js";
import { CATEGORIES } from "../../text/vocabulary.js";

const NOTHING_LISTED = "The home no longer lists this bed, so there is nothing to call about.";
const POSTED_SINCE = "The home no longer lists this bed. Say what you were told when you called.";

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  const place = h("div", null);
  fill(main, h("h1", { class: "nhsuk-heading-l" }, "Two calls a day"), ...about(), place);
  try {
    fill(place, ...callLists(await request("GET", "/audits")));
  } catch (error) {
    showFailure(main, error);
  }
});

function about() {
  return [
    h(
      "p",
      null,
      "On each working day at 8am two of all listed beds are drawn by lot. Call both homes and ask one" +
        " thing: is a bed there? Nobody chooses the homes, so these calls show how often the list is right.",
    ),
    details(
      "What counts",
      h(
        "ul",
        { class: "nhsuk-list nhsuk-list--bullet" },
        h("li", null, "Say that you are checking the list, and are not calling for a person."),
        h("li", null, "A bed that is there counts, whoever it would suit."),
        h("li", null, "Do not call another home instead of one that does not answer."),
        h("li", null, "How many calls were not made or not answered is shown beside the rate."),
      ),
    ),
  ];
}

/** @param {Api.Audits} audits */
function callLists({ today, is_working_day: isWorkingDay, is_drawn: isDrawn, calls }) {
  const [now, earlier] = [true, false].map((isToday) =>
    calls.filter((call) => (call.day === today) === isToday),
  );
  const none = isWorkingDay
    ? "No beds are listed, so no calls were drawn."
    : "There are no calls on this day.";
  const nothing = isWorkingDay && !isDrawn ? "Today's calls are drawn at 8am." : none;
  return [
    h("h2", { class: "nhsuk-heading-m" }, "Today"),
    now.length ? callList(now) : h("p", null, nothing),
    earlier.length && h("h2", { class: "nhsuk-heading-m" }, "Earlier days"),
    earlier.length && callList(earlier),
  ];
}

/** @param {Api.DrawnCall[]} calls */
function callList(calls) {
  return h("ul", { class: "audits" }, calls.map(callItem));
}

/** @param {Api.DrawnCall} call */
function callItem(call) {
  const { location_id: id, name, category, day, now, state, outcome } = call;
  const callId = `${id} ${category} ${day}`;
  const headingId = `call-${id}-${category}-${day}`;
  const isOpen = state !== "there" && state !== "gone";
  if (!isOpen) forgetCall(callId);
  const noted = notedCall(callId);
  const statePlace = h("p", { class: "audits__state" }, stateInWords(call));
  const listingPlace = h("p", null, listingInWords(listingOf(call, noted)));
  const question = callQuestion({
    call: callId,
    home: call,
    listing: now ? { category, ...now } : call,
    reporter: () => ({ audit_day: day }),
    choices: (save) =>
      AUDIT_RESULTS.map(([result, text]) => [text, () => save(result, lowerFirst(text))]),
    onSaved: () => fill(statePlace),
    onTakenBack: () => fill(statePlace),
  });
  if (!question.isAsking && outcome && Date.parse(outcome.undo_until) > Date.now()) {
    fill(statePlace);
    question.showSaved(outcome, resultInWords(outcome.result));
  }
  const called = () => {
    fill(listingPlace, listingInWords(listingOf(call, null)));
    return question.called();
  };
  return h(
    "li",
    { class: "audits__call" },
    h(
      "h3",
      { class: "nhsuk-heading-s", id: headingId },
      h("a", { href: `/home.html?id=${encodeURIComponent(id)}` }, name),
    ),
    listingPlace,
    statePlace,
    isOpen && now && callActions(call, headingId, called),
    isOpen && !now && h("p", null, noted ? POSTED_SINCE : NOTHING_LISTED),
    question.element,
  );
}

/**
 * Give what is called about: after a call what was listed when it was made, else what is listed now.
 * @param {Api.DrawnCall} call
 * @param {import("../../core/calls.js").NotedCall | null} noted
 */
function listingOf(call, noted) {
  const { category, now, state, outcome } = call;
  if (noted) return noted.listing;
  if (state === "there" || state === "gone") return outcome || call;
  return now ? { category, ...now } : call;
}

/**
 * @param {Api.DrawnCall} call
 * @param {string} headingId
 * @param {() => HTMLElement} called
 */
function callActions({ name, phone }, headingId, called) {
  const link = telephone(phone);
  return h(
    "div",
    { class: "audits__actions" },
    link
      ? h(
          "a",
          { class: "nhsuk-button audits__link", href: link.href, click: called },
          "Call ",
          h("span", { class: "nhsuk-u-visually-hidden" }, `${name}, `),
          link.text,
        )
      : h("p", null, "No phone number"),
    button("I have called", {
      kind: "link",
      "aria-describedby": headingId,
      onClick: () => focusOn(called()),
    }),
  );
}

/** @param {import("../../core/calls.js").CalledListing} listing */
function listingInWords({ category, listed, said_at: saidAt }) {
  const beds = `${lowerFirst(CATEGORIES[category] || category)} ${listed === 1 ? "bed" : "beds"}`;
  return `${listed} ${beds}, as the home said at ${when(saidAt)}.`;
}

/** @param {Api.DrawnCall} call */
function stateInWords({ day, state }) {
  const drawn = `Drawn on ${dayWithWeekday(day)}. `;
  if (state === "there") return "Answered: a bed is there.";
  if (state === "gone") return "Answered: it has gone.";
  if (state === "unanswered") return `${drawn}Nobody could say so far. You can call again.`;
  return state === "uncalled" ? `${drawn}Not called so far.` : "";
}

/** @param {Api.CallResult} result */
function resultInWords(result) {
  const found = AUDIT_RESULTS.find(([each]) => each === result);
  return lowerFirst(found ? found[1] : result);
}
