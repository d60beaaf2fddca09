// The words of what teams look for: needs, funding, admissions, and the weeks that are counted.

import { dayInWords } from "./dates.js";
import { FUNDING, NEEDS } from "./needs.js";
import { CATEGORIES } from "./vocabulary.js";

/** @type {Record<string, string>} */
const ADMISSIONS = {
  evening_admission: "Admission in the evening",
  weekend_admission: "Admission at the weekend",
};

/**
 * Name what was looked for: a need, who pays, or when someone is to be admitted.
 * @param {string} id
 */
export function wantedInWords(id) {
  const need = NEEDS[id];
  return (need && need.label) || FUNDING[id] || ADMISSIONS[id] || id;
}

/** @param {string} category */
export function categoryInWords(category) {
  return CATEGORIES[/** @type {Api.BedCategory} */ (category)] || "Any kind of bed";
}

/**
 * Name a period: "the week from 16 November 2026", "November 2026".
 * @param {Api.Period} period
 */
export function periodInWords({ span, first }) {
  const day = dayInWords(first);
  return span === "week" ? `the week from ${day}` : day.replace(/^\d+ /, "");
}
