// One home of the results: what decides whether to call it, and the number to call.

import { button } from "../../components/button.js";
import { chanceTag } from "../../components/chance-tag.js";
import { h } from "../../core/dom.js";
import { chanceReason } from "../../text/chance.js";
import { dayInWords, dayOf } from "../../text/dates.js";
import { either, feesInWords, lowerFirst, telephone } from "../../text/format.js";
import { fitLines } from "../../text/requirements.js";
import { admissionInWords, CATEGORIES, SUITS } from "../../text/vocabulary.js";
import { fitInWords } from "./fit.js";

/**
 * @typedef {object} ResultOptions
 * @property {number} number that of its marker on the map
 * @property {readonly Api.BedCategory[]} categories those of the search; none means any
 * @property {(id: string) => unknown} onShowOnMap
 */

/**
 * Make the list item of a home.
 * @param {Api.SearchResult} home
 * @param {ResultOptions} options
 */
export function resultItem(home, { number, categories, onShowOnMap }) {
  const headingId = `result-${number}`;
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
    h(
      "div",
      { class: "result__beds" },
      beds(home, categories),
      chanceTag(home.likelihood, home.age),
      home.chance_basis &&
        home.likelihood !== "very_likely" &&
        line(chanceReason(home.chance_basis)),
    ),
    answers(home),
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
      call(home) || line("No phone number"),
      button("Show on map", {
        kind: "link",
        className: "result__show",
        "aria-describedby": headingId,
        onClick: () => onShowOnMap(home.location_id),
      }),
    ),
  );
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
 * Write a distance: "0.4 miles", "12 miles".
 * @param {number} miles
 */
export function milesInWords(miles) {
  const rounded = miles < 9.95 ? miles.toFixed(1) : String(Math.round(miles));
  return rounded === "1.0" ? "1 mile" : `${rounded} miles`;
}

/**
 * Divide a home's free beds into those of the search's categories and the others.
 * @param {Api.SearchResult} home
 * @param {readonly Api.BedCategory[]} categories none means any
 */
export function freeBeds(home, categories) {
  const all = /** @type {[Api.BedCategory, number][]} */ (Object.entries(home.free));
  /** @param {[Api.BedCategory, number]} bed */
  const fits = ([category]) =>
    !categories.length ||
    [category, ...usesOf(home, category)].some((each) => categories.includes(each));
  return { fitting: all.filter(fits), others: all.filter((each) => !fits(each)) };
}

/**
 * List what else a home's beds of a category may be used as.
 * @param {Pick<Api.SearchResult, "also_as">} home
 * @param {Api.BedCategory} category
 */
function usesOf({ also_as: alsoAs = {} }, category) {
  return alsoAs[category] || [];
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

/** @param {Api.SearchResult} home */
function call({ phone, name }) {
  const link = telephone(phone);
  return (
    link &&
    h(
      "a",
      { class: "result__call", href: link.href },
      "Call ",
      h("span", { class: "nhsuk-u-visually-hidden" }, `${name}, `),
      link.text,
    )
  );
}
