// A tag that says how likely a listed bed is still there, in words, a sign and a colour.

import { h } from "../core/dom.js";
import { HOME_LIKELIHOODS } from "../text/vocabulary.js";

/** @type {Record<Api.HomeLikelihood, { sign: string, colour: string }>} */
const LOOKS = {
  very_likely: { sign: "✓", colour: "green" },
  likely: { sign: "✓", colour: "aqua-green" },
  uncertain: { sign: "◔", colour: "yellow" },
  phone_first: { sign: "!", colour: "red" },
  no_beds: { sign: "–", colour: "grey" },
  never: { sign: "–", colour: "grey" },
};

/**
 * Make the tag, if there is a word, and beside it when the home last said so or what it means.
 * @param {Api.HomeLikelihood | undefined} likelihood
 * @param {string} age
 */
export function chanceTag(likelihood, age) {
  return h(
    "p",
    { class: "chance" },
    likelihood && tag(likelihood),
    age && h("span", { class: "chance__age" }, ` ${age}`),
  );
}

/** @param {Api.HomeLikelihood} likelihood */
function tag(likelihood) {
  const { sign, colour } = LOOKS[likelihood];
  return h(
    "strong",
    { class: `nhsuk-tag nhsuk-tag--${colour}` },
    h("span", { "aria-hidden": "true" }, `${sign} `),
    HOME_LIKELIHOODS[likelihood],
    likelihood.endsWith("likely") && h("span", { class: "nhsuk-u-visually-hidden" }, " still free"),
  );
}
