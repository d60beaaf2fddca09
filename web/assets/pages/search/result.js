// One home of the results: what decides whether to call it, and the number to call.

import { button } from "../../components/button.js";
import { chanceTag } from "../../components/chance-tag.js";
import { placingTag } from "../../components/placing-tag.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { chanceReason } from "../../text/chance.js";
import { dayInWords, dayOf } from "../../text/dates.js";
import { either, feesInWords, lowerFirst, telephone } from "../../text/format.js";
import { milesInWords } from "../../text/miles.js";
import { goneInWords } from "../../text/outcomes.js";
import { requestsInWords } from "../../text/requests.js";
import { fitLines } from "../../text/requirements.js";
import { admissionInWords, CATEGORIES, SUITS } from "../../text/vocabulary.js";
import { callOutcome } from "./call-outcome.js";
import { fitInWords } from "./fit.js";
import { freeBeds, usesOf } from "./free-beds.js";

/**
 * @typedef {object} ResultOptions
 * @property {number} number that of its marker on the map
 * @property {readonly Api.BedCategory[]} categories those of the search; none means any
 * @property {Api.PlacingStop} [stop] the council's mark, for teams and the council
 * @property {(id: string) => unknown} onShowOnMap
 * @property {readonly string[]} asked the needs and the funding of the search
 * @property {readonly string[]} teams those of the person, who may say what came of a call
 */

/**
 * Make the list item of a home.
 * @param {Api.SearchResult} home
 * @param {ResultOptions} options
 */
export function resultItem(home, { number, categories, stop, onShowOnMap, asked, teams }) {
  const headingId = `result-${number}`;
  const bedsPlace = h("div", { class: "result__beds" });
  const showBeds = (/** @type {Api.Gone | undefined} */ gone) =>
    fill(bedsPlace, bedsAndChance({ ...home, gone }, categories));
  const basis = home.chance_basis;
  const outcome =
    basis && teams.length > 0
      ? callOutcome({ ...home, chance_basis: basis }, { asked, teams, onGone: showBeds })
      : null;
  showBeds(home.gone);
  const href = `/home.html?id=${encodeURIComponent(home.location_id)}`;
  return h(
    "li",
    { class: `result${home.fit ? ` result--${home.fit}` : ""}`, "data-home": home.location_id },
    h(
      "div",
      { class: "result__head" },
      h("span", { class: "result__number", "aria-hidden": "true" }, number),
      h("h3", { class: "result__name", id: headingId }, h("a", { href }, home.name)),
      home.fit && h("p", { class: "result__fit" }, fitInWords(home)),
      h("p", { class: "result__distance" }, milesInWords(home.distance_miles)),
    ),
    placingTag(stop),
    bedsPlace,
    answers(home),
    (home.requests || []).map((each) => line(requestsInWords(each))),
    h(
      "div",
      { class: "result__about" },
      line(
        `CQC rating: ${home.rating || "not rated yet"}. `,
        fees(home),
        h("span", { class: "result__address" }, address(home)),
      ),
    ),
    h(
      "div",
      { class: "result__actions" },
      call(home, outcome ? outcome.called : undefined) || line("No phone number"),
      outcome &&
        button("I have called", {
          kind: "link",
          className: "result__called",
          "aria-describedby": headingId,
          onClick: () => focusOn(outcome.called()),
        }),
      button("Show on map", {
        kind: "link",
        className: "result__show",
        "aria-describedby": headingId,
        onClick: () => onShowOnMap(home.location_id),
      }),
    ),
    outcome && outcome.element,
  );
}

/**
 * Show what is free, and how likely it is still there: or what teams were told against it.
 * @param {Api.SearchResult} home
 * @param {readonly Api.BedCategory[]} categories
 */
function bedsAndChance(home, categories) {
  const { gone, chance_basis: basis } = home;
  const likelihood = gone ? "phone_first" : home.likelihood;
  return [
    beds(home, categories),
    chanceTag(likelihood, home.age),
    gone && h("p", { class: "result__gone" }, goneInWords(gone)),
    !gone && basis && likelihood !== "very_likely" && line(chanceReason(basis)),
  ];
}

/** @param {Api.SearchResult} home */
function answers(home) {
  const lines = fitLines(home);
  return (
    lines.length > 0 &&
    h(
      "ul",
      { class: "result__answers", "aria-label": "What the home says" },
      lines.map(({ kind, title, text }) =>
        h("li", { class: `result__answer--${kind}` }, h("strong", null, `${title}: `), text),
      ),
    )
  );
}

/** @param {...Children} content */
function line(...content) {
  return h("p", { class: "result__line" }, content);
}

/**
 * @param {Api.SearchResult} home
 * @param {readonly Api.BedCategory[]} categories
 */
function beds(home, categories) {
  const { fitting, others } = freeBeds(home, categories);
  const isClosed = home.admission_status.status === "closed";
  const none = others.length ? "No bed that fits is free now" : "No bed free now";
  return [
    isClosed && h("p", { class: "result__none" }, admissionInWords(home.admission_status)),
    !isClosed && !fitting.length && h("p", { class: "result__none" }, none),
    fitting.length + others.length > 0 &&
      h(
        "ul",
        { class: "result__free", "aria-label": "Beds free" },
        fitting.map((each) => freeItem(home, each)),
        others.map((each) => freeItem(home, each, "result__other")),
      ),
    // The results may be older than today.
    Object.entries(home.available_from || {}).map(
      ([category, day]) =>
        day >= dayOf(new Date()) &&
        line(`${CATEGORIES[category] || category}: next bed free on ${dayInWords(day)}`),
    ),
  ];
}

/**
 * @param {Api.SearchResult} home
 * @param {[category: Api.BedCategory, count: number]} bed
 * @param {string} [className]
 */
function freeItem(home, [category, count], className) {
  const uses = usesOf(home, category).map((each) => lowerFirst(CATEGORIES[each] || each));
  const flexible = uses.length ? `, may be used as ${either(uses)}` : "";
  const suits = home.suits && home.suits[category];
  const only = suits ? `, for ${lowerFirst(SUITS[suits])}` : "";
  const name = ` ${CATEGORIES[category] || category}${only}${flexible}`;
  return h("li", { class: className }, h("strong", null, `${count} free`), name);
}

/** @param {Api.SearchResult} home */
function address({ address: text = "", postcode }) {
  return [text, !text.includes(postcode) && postcode].filter(Boolean).join(", ");
}

/** @param {Api.SearchResult} home */
function fees(home) {
  const isKnown = home.weekly_fee_from != null || home.weekly_fee_to != null;
  return isKnown && `${feesInWords(home)}. `;
}

/**
 * @param {Api.SearchResult} home
 * @param {() => unknown} [onCall]
 */
function call({ phone, name }, onCall) {
  const link = telephone(phone);
  return (
    link &&
    h(
      "a",
      { class: "result__call", href: link.href, click: onCall },
      "Call ",
      h("span", { class: "nhsuk-u-visually-hidden" }, `${name}, `),
      link.text,
    )
  );
}
