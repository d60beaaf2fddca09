// How sure the homes' listed beds are. Each figure leads to its homes in the list.

import { chanceTag } from "../../components/chance-tag.js";
import { h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { addressOf, percentage } from "./homes.js";

/** @type {readonly (readonly [likelihood: Api.HomeLikelihood, meaning: string])[]} */
const MEANINGS = [
  ["very_likely", "each bed listed is very likely still free"],
  ["likely", "a bed listed is likely still free"],
  ["uncertain", "a bed listed may have gone"],
  ["phone_first", "said nothing for three months"],
  ["no_beds", "full or closed when it last posted"],
  ["never", "no bed counts posted yet"],
];

/**
 * Make the section.
 * @param {Api.Totals} totals
 * @param {(filter: { chance: Api.HomeLikelihood }) => void} showOnly filters the list of homes
 */
export function chanceFigures({ closed, likelihood }, showOnly) {
  return h(
    "section",
    { "aria-labelledby": "how-sure" },
    h("h2", { class: "nhsuk-heading-m", id: "how-sure" }, "Are the listed beds still there?"),
    h("p", { class: "nhsuk-lede-text lede" }, chancesInWords(likelihood)),
    h(
      "ul",
      { class: "figures" },
      MEANINGS.map(([word, meaning]) => figure(word, likelihood[word], meaning, showOnly)),
    ),
    h("p", null, closedInWords(closed)),
  );
}

/**
 * Write how many of the homes that list a bed are sure of it.
 * @param {Api.Totals["likelihood"]} likelihood
 */
export function chancesInWords({ very_likely: sure, likely, uncertain, phone_first: last }) {
  const good = sure + likely;
  const unsure = uncertain + last;
  const homes = good + unsure;
  if (!homes) return "No home lists a free bed.";
  const list = `list${homes === 1 ? "s" : ""} a free bed`;
  if (!unsure) return `${plural(homes, "home")} ${list}, each likely still there.`;
  return (
    `${plural(homes, "home")} ${list}. At ${good} of them (${percentage(good, homes)}) it is likely ` +
    `still there, at ${unsure} it is uncertain.`
  );
}

/**
 * Write how many homes are closed.
 * @param {number} closed
 */
export function closedInWords(closed) {
  if (!closed) return "Every home is open to admissions.";
  return closed === 1
    ? "1 home is closed to admissions. Its beds do not count as vacancies."
    : `${closed} homes are closed to admissions. Their beds do not count as vacancies.`;
}

/**
 * @param {Api.HomeLikelihood} word
 * @param {number} count
 * @param {string} meaning
 * @param {(filter: { chance: Api.HomeLikelihood }) => void} showOnly
 */
function figure(word, count, meaning, showOnly) {
  const show = (/** @type {Event} */ event) => {
    event.preventDefault();
    showOnly({ chance: word });
  };
  return h(
    "li",
    { class: "figure" },
    h("span", { class: "figure__number" }, count),
    chanceTag(word, meaning),
    count > 0 &&
      h(
        "a",
        { class: "figure__link", href: addressOf({ chance: word }), click: show },
        "Show homes",
        h("span", { class: "nhsuk-u-visually-hidden" }, `: ${meaning}`),
      ),
  );
}
