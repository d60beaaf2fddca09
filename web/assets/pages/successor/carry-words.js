// What can be carried over to a new location id, in words. Needs no browser.

import { ageInWords, dayInWords } from "../../text/dates.js";
import { answersInWords, termsInWords } from "../../text/declaration.js";
import { capitalised, feesInWords, listed, plural, spacedPhone } from "../../text/format.js";
import { admissionInWords, CATEGORIES } from "../../text/vocabulary.js";

/** @type {Record<Api.CarriedPart, string>} */
const NAMES = {
  vacancies: "Bed counts",
  building: "What the building has",
  vacancies_phone: "Phone number for vacancies",
  website: "Website",
  questions: "Questions to the new home's staff",
};

/** @param {Api.CarriedPart} part */
export function partName(part) {
  return NAMES[part];
}

/**
 * Write what would carry over, a line for each thing.
 * @param {Api.CarryPart} part
 * @returns {string[]}
 */
export function partLines({ part, value }) {
  if (part === "vacancies") return vacancyLines(value);
  if (part === "vacancies_phone") return [spacedPhone(value.vacancies_phone || "")];
  if (part === "website") return [value.website || ""];
  if (part === "building") return [...answerLines(value), ...daysOfAnswers(value)];
  return [
    "The old owner promised these things. The new owner need not keep them, so they are not on the " +
      "new page. The new home's staff are asked which are still right:",
    ...answerLines(value),
    ...termsInWords(value),
    ...(value.weekly_fee_from || value.weekly_fee_to ? [feesInWords(value)] : []),
    ...(value.description ? ["The text about the home"] : []),
  ];
}

/**
 * Say why a part is not offered: it is done, or it cannot be.
 * @param {Api.CarryPart} part
 */
export function whyNotOffered({ part, state, why = "" }) {
  if (state !== "carried") return why;
  return part === "questions" ? "The new home's staff are asked already." : "Carried over already.";
}

/** @param {Api.CarryPart["value"]} value */
function vacancyLines({ beds = {}, admission_status: status, confirmed_at: at }) {
  const lines = Object.entries(CATEGORIES).flatMap(([category, name]) => {
    const counts = beds[/** @type {Api.BedCategory} */ (category)];
    return counts ? [`${name}: ${counts.accepting} free of ${counts.maximum_capacity}`] : [];
  });
  const closed = status && status.status === "closed" ? [admissionInWords(status)] : [];
  const age = capitalised(ageInWords(at));
  const date = lines.length ? [`${age} under the old ID. That date stays.`] : [];
  return [...lines, ...closed, ...date];
}

/** @param {Api.CarryPart["value"]} value */
function answerLines(value) {
  return answersInWords(value).map(([heading, labels]) => `${heading} ${listed(labels)}`);
}

/** @param {Api.CarryPart["value"]} value */
function daysOfAnswers({ needs_said_on: days = {} }) {
  const [oldest] = Object.values(days).sort();
  return oldest ? [`Said on ${dayInWords(oldest)} under the old ID. That date stays.`] : [];
}

/**
 * What became of one thing that was ticked.
 * @typedef {object} Result
 * @property {string} key "part:vacancies", "person:<id>" or "member:<id>"
 * @property {string} text
 * @property {boolean} isDone
 */

/**
 * Give the results of the parts that were ticked.
 * @param {Api.CarriedOver} response
 * @returns {Result[]}
 */
export function partResults(response) {
  const { carried = [], not_carried: refused = [], placing_stop_carried: isMarked } = response;
  const mark = isMarked ? "the new ID has it too." : "not carried over. Look at both marks.";
  return [
    ...(isMarked === undefined
      ? []
      : [{ key: "placing:stop", text: `The council's mark: ${mark}`, isDone: isMarked }]),
    ...carried.map((part) => ({
      key: `part:${part}`,
      text: `${NAMES[part]}: carried over.`,
      isDone: true,
    })),
    ...refused.map(({ part, why }) => ({
      key: `part:${part}`,
      text: `${NAMES[part]}: not carried over. ${why}`,
      isDone: false,
    })),
  ];
}

/**
 * Sum up the results: a kind of notice and its heading.
 * @param {readonly Result[]} results
 * @returns {["success" | "warning", string]}
 */
export function outcomeInWords(results) {
  const failed = results.filter((each) => !each.isDone).length;
  if (!failed) return ["success", "Saved"];
  return ["warning", `Saved, but ${plural(failed, "thing")} did not work`];
}

/**
 * Say what there is to know of a person before they are ticked.
 * @param {Api.Person} person
 * @param {string} newId
 */
export function personNote({ state, roles }, newId) {
  const notes = [];
  if (roles.some(({ role }) => role === `home:${newId}`)) {
    notes.push("has the new ID already; this removes the old one");
  }
  if (state === "waiting") notes.push("has not signed in yet");
  if (state === "disabled") notes.push("account disabled");
  return notes.length ? ` (${notes.join("; ")})` : "";
}
