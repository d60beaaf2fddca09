// One home of the results: what decides whether to call it, and the number to call.

import { button } from "../../components/button.js";
import { freshnessTag } from "../../components/freshness-tag.js";
import { h } from "../../core/dom.js";
import { admissionInWords, CATEGORIES, FEATURES } from "../../text/vocabulary.js";
import { dayInWords } from "../../text/dates.js";
import { listed } from "../../text/format.js";

// `number` is that of its marker on the map; `wanted` are the categories asked for, none: any.
export function resultOf(home, { number, wanted, onShowOnMap }) {
  const headingId = `result-${number}`;
  const href = `/home.html?id=${encodeURIComponent(home.location_id)}`;
  return h(
    "li",
    { class: "result", "data-home": home.location_id },
    h(
      "div",
      { class: "result__head" },
      h("span", { class: "result__number", "aria-hidden": "true" }, number),
      h("h3", { class: "result__name", id: headingId }, h("a", { href }, home.name)),
      h("p", { class: "result__distance" }, milesInWords(home.distance_miles)),
    ),
    free(home, wanted),
    freshnessTag(home.freshness, home.age),
    home.freshness === "stale" &&
      h("p", { class: "result__line" }, "Phone first: this may have changed since."),
    h(
      "p",
      { class: "result__line" },
      `CQC rating: ${home.rating || "not rated yet"}. `,
      fees(home),
      h("span", { class: "result__address" }, address(home)),
    ),
    features(home.features || []),
    h(
      "div",
      { class: "result__acts" },
      home.phone ? call(home) : h("p", { class: "result__line" }, "No telephone number known"),
      button("Show on map", {
        kind: "link",
        className: "result__show",
        "aria-describedby": headingId,
        onClick: () => onShowOnMap(home.location_id),
      }),
    ),
  );
}

export function milesInWords(miles) {
  const shown = miles < 9.95 ? miles.toFixed(1) : String(Math.round(miles));
  return shown === "1.0" ? "1 mile" : `${shown} miles`;
}

// Beds that can be had now and would do, as [category, count].
export function fitting(home, wanted) {
  const fits = ([category]) => !wanted.length || wanted.includes(category);
  return Object.entries(home.free).filter(fits);
}

function free(home, wanted) {
  const fit = fitting(home, wanted);
  const fits = fit.map(([category]) => category);
  const others = Object.entries(home.free).filter(([category]) => !fits.includes(category));
  const coming = Object.entries(home.available_from || {});
  const item =
    (isOther) =>
    ([category, count]) =>
      h(
        "li",
        { class: isOther && "result__other" },
        h("strong", null, `${count} free`),
        ` ${CATEGORIES[category] || category}`,
      );
  const closed = home.admission_status.status === "closed";
  return [
    closed && h("p", { class: "result__none" }, admissionInWords(home.admission_status)),
    !closed &&
      !fit.length &&
      h("p", { class: "result__none" }, others.length ? "No such bed free now" : "No bed free now"),
    fit.length + others.length > 0 &&
      h(
        "ul",
        { class: "result__free", "aria-label": "Beds free" },
        fit.map(item(false)),
        others.map(item(true)),
      ),
    coming.map(([category, day]) =>
      h(
        "p",
        { class: "result__line" },
        `${CATEGORIES[category] || category}: one comes free on ${dayInWords(day)}`,
      ),
    ),
  ];
}

function address({ address: line, postcode }) {
  return [line, !(line || "").includes(postcode) && postcode].filter(Boolean).join(", ");
}

function fees({ weekly_fee_from: from, weekly_fee_to: to }) {
  if (from == null && to == null) return null;
  if (from == null) return `Up to £${to} a week. `;
  return to == null || to === from ? `From £${from} a week. ` : `£${from} to £${to} a week. `;
}

function features(names) {
  if (!names.length) return null;
  const text = listed(names.map((each) => FEATURES[each] || each));
  return h("p", { class: "result__line result__features" }, text);
}

function call({ phone, name }) {
  return h(
    "a",
    { class: "result__call", href: `tel:${phone.replace(/[^\d+]/g, "")}` },
    "Call ",
    h("span", { class: "nhsuk-u-visually-hidden" }, `${name}, `),
    phone,
  );
}
