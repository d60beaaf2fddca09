// A tag that says how likely a listed bed is still there, in words, a sign and a colour.

import { h } from "../core/dom.js";
import { LIKELIHOODS } from "../text/chance.js";

/** @type {Record<Api.Likelihood, { sign: string, colour: string }>} */
const LOOKS = {
  very_likely: { sign: "✓", colour: "green" },
  likely: { sign: "✓", colour: "aqua-green" },
  uncertain: { sign: "◔", colour: "yellow" },
  phone_first: { sign: "!", colour: "red" },
};

/**
 * Make the tag, if the home lists a bed, and beside it when the home last said so.
 * @param {Api.Likelihood | undefined} likelihood
 * @param {string} age
 */
export function chanceTag(likelihood, age) {
  return h(
    "p",
    { class: "chance" },
    likelihood && tag(likelihood),
    h("span", { class: "chance__age" }, ` ${age}`),
  );
}

/** @param {Api.Likelihood} likelihood */
function tag(likelihood) {
  const { sign, colour } = LOOKS[likelihood];
  return h(
    "strong",
    { class: `nhsuk-tag nhsuk-tag--${colour}` },
    h("span", { "aria-hidden": "true" }, `${sign} `),
    LIKELIHOODS[likelihood],
    likelihood.endsWith("likely") && h("span", { class: "nhsuk-u-visually-hidden" }, " still free"),
  );
}
