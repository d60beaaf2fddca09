// The words of what is asked for a person, and of what a home says of it: needs, who pays, when.

import { lowerFirst } from "./format.js";
import { FUNDING, NEEDS } from "./needs.js";

/**
 * Name what a home says yes or no to: "PEG feeding".
 * @param {string} name a need, a funding or `admit_by`
 */
export function requirementInWords(name) {
  if (name === "admit_by") return "Admission by that time";
  return (NEEDS[name] && NEEDS[name].label) || FUNDING[name] || name;
}

/**
 * Write a label as it stands inside a sentence: "hoist", but "PEG feeding" and "Polish".
 * @param {string} label
 */
export function inSentence(label) {
  const isName = !/^[A-Z][a-z]/.test(label) || LANGUAGES.has(label) || / [A-Z]/.test(label);
  return isName ? label : lowerFirst(label);
}

const LANGUAGES = new Set(
  Object.values(NEEDS)
    .filter(({ group }) => group === "language")
    .map(({ label }) => label),
);

/**
 * List what a home says, in the order to ask it: what most often decides comes first.
 * @param {Api.HomeFit} home
 */
export function fitLines({
  yes = [],
  ask = [],
  not_said: notSaid = [],
  no = [],
  wishes_met: met = [],
}) {
  const lines = /** @type {const} */ ([
    ["yes", "Yes", yes],
    ["ask", "Ask about", ask],
    ["not-said", "Has not said", notSaid],
    ["no", "No", no],
    ["wish", "Also has", met],
  ]);
  return lines
    .filter(([, , names]) => names.length > 0)
    .map(([kind, title, names]) => ({ kind, title, text: inOrder(names).map(named).join("; ") }));
}

// Care comes first in the list of needs, then moving and the mind; who pays and when come last.
const ORDER = [...Object.keys(NEEDS), ...Object.keys(FUNDING)];

/** @param {readonly string[]} names */
function inOrder(names) {
  const place = (/** @type {string} */ name) =>
    ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
  return [...names].sort((one, other) => place(one) - place(other));
}

/** @param {string} name */
function named(name) {
  return inSentence(requirementInWords(name));
}
