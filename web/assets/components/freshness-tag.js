// A tag that says how far to trust a home's bed counts, in a word, a sign and a colour.

import { h } from "../core/dom.js";

/** @type {Record<Api.Freshness | "never", { word: string, sign: string, colour: string }>} */
const LOOKS = {
  fresh: { word: "Fresh", sign: "✓", colour: "green" },
  ageing: { word: "Ageing", sign: "◔", colour: "yellow" },
  stale: { word: "Stale", sign: "!", colour: "red" },
  never: { word: "Never", sign: "–", colour: "grey" }, // only a council tells these from the stale
};

/**
 * Make the tag and the age beside it.
 * @param {Api.Freshness | "never"} label
 * @param {string} age
 */
export function freshnessTag(label, age) {
  const { word, sign, colour } = LOOKS[label];
  return h(
    "p",
    { class: "freshness" },
    h(
      "strong",
      { class: `nhsuk-tag nhsuk-tag--${colour}` },
      h("span", { "aria-hidden": "true" }, `${sign} `),
      word,
    ),
    h("span", { class: "freshness__age" }, ` ${age}`),
  );
}
