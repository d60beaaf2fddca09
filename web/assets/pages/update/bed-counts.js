// A home's bed counts while they are edited: the text of the fields, what is wrong, what to send.

import { dayInWords, daysLater } from "../../text/dates.js";
import { listed, lowerFirst, plural } from "../../text/format.js";
import { CATEGORIES, COUNTS, SUITS } from "../../text/vocabulary.js";

/**
 * @typedef {"maximum_capacity" | "accepting" | "reserved" | "not_available"} CountName
 * @typedef {CountName | "not_available_reason" | "available_from" | "suits"} FieldName
 * @typedef {Record<FieldName, string>} Fields the text of each field of a category
 *
 * The text of each field that was changed: `{dementia_nursing: {accepting: "3"}}`.
 * @typedef {Partial<Record<Api.BedCategory, Partial<Fields>>>} Edits
 *
 * What the page has to know of a home.
 * @typedef {Pick<Api.Home, "location_id" | "version" | "name" | "postcode" | "registered_beds"
 *   | "registration" | "successor" | "nursing" | "service_user_bands" | "beds" | "admission_status"
 *   | "confirmed_at" | "said_at" | "listings" | "reminder_value" | "disputes"
 *   | "home_before">} EditableHome
 *
 * @typedef {{ category: Api.BedCategory, name: FieldName, text: string }} FieldProblem
 */

export const MOST_BEDS = 1000;
export const FARTHEST_DAYS = 366;
export const CATEGORY_ORDER = /** @type {Api.BedCategory[]} */ (Object.keys(CATEGORIES));

/** @type {CountName[]} */
const COUNT_NAMES = ["maximum_capacity", "accepting", "reserved", "not_available"];

/**
 * Give the text of every field of a category: what was saved, with the edits over it.
 * @param {EditableHome} home
 * @param {Edits} edits
 * @param {Api.BedCategory} category
 * @returns {Fields}
 */
export function fieldsOf(home, edits, category) {
  /** @type {Partial<Api.BedCounts>} */
  const saved = home.beds[category] || {};
  const count = (/** @type {CountName} */ name) => String(saved[name] || 0);
  return {
    maximum_capacity: count("maximum_capacity"),
    accepting: count("accepting"),
    reserved: count("reserved"),
    not_available: count("not_available"),
    not_available_reason: saved.not_available_reason || "",
    available_from: saved.available_from || "",
    suits: saved.suits || "any",
    ...edits[category],
  };
}

/**
 * Add an edit. A field that is back at what was saved is no edit.
 * @param {EditableHome} home
 * @param {Edits} edits
 * @param {Api.BedCategory} category
 * @param {FieldName} name
 * @param {string} text
 * @returns {Edits}
 */
export function withEdit(home, edits, category, name, text) {
  const { [name]: _, ...others } = edits[category] || {};
  const same = fieldsOf(home, {}, category)[name] === text;
  const ofCategory = same ? others : { ...others, [name]: text };
  const { [category]: __, ...rest } = edits;
  return Object.keys(ofCategory).length ? { ...rest, [category]: ofCategory } : rest;
}

/**
 * Apply edits to a newer version of the home. What that has already is no edit any more.
 * @param {EditableHome} home
 * @param {Edits} edits
 * @returns {Edits}
 */
export function editsOver(home, edits) {
  /** @type {Edits} */
  let over = {};
  for (const { category, name, text } of entriesOf(edits)) {
    over = withEdit(home, over, category, name, text);
  }
  return over;
}

/**
 * List every field that was edited.
 * @param {Edits} edits
 */
export function entriesOf(edits) {
  return editedCategories(edits).flatMap((category) =>
    Object.entries(edits[category] || {}).map(([name, text]) => ({
      ...{ category, name: /** @type {FieldName} */ (name), text },
    })),
  );
}

/**
 * @param {Edits} edits
 * @returns {Api.BedCategory[]}
 */
export function editedCategories(edits) {
  return /** @type {Api.BedCategory[]} */ (Object.keys(edits));
}

/**
 * List the categories that the home has, or that are being added, in the usual order.
 * @param {EditableHome} home
 * @param {Edits} edits
 */
export function categoriesOf(home, edits) {
  return CATEGORY_ORDER.filter((each) => home.beds[each] || edits[each]);
}

/** @type {Record<string, string>} What a home that cares for a band of CQC's register has beds for. */
const KINDS_OF_BAND = {
  "Older People": "general",
  Dementia: "dementia",
  "Learning disabilities or autistic spectrum disorder": "learning_disability",
  "Mental Health": "mental_health",
  "Physical Disability": "young_physically_disabled",
  "Younger Adults": "young_physically_disabled",
};

/**
 * List the categories that the home is likely to have, by what CQC's register says of it: those that
 * its staff look for first. Where the register does not say, all are.
 * @param {Pick<EditableHome, "nursing" | "service_user_bands">} home older copies may lack both
 */
export function likelyCategories({ nursing, service_user_bands = [] }) {
  const kinds = service_user_bands.map((band) => KINDS_OF_BAND[band]).filter(Boolean);
  const isLikely = (/** @type {Api.BedCategory} */ category) => {
    if (nursing === false && category.endsWith("_nursing")) return false;
    return !kinds.length || kinds.some((kind) => category.startsWith(kind));
  };
  return CATEGORY_ORDER.filter(isLikely);
}

/**
 * Read a whole number of at most four digits; null where the text is none.
 * @param {string} text
 */
export function wholeNumber(text) {
  const match = /^\s*(\d{1,4})\s*$/.exec(text);
  return match ? Number(match[1]) : null;
}

/**
 * Count the occupied beds: those that are neither reserved nor empty. The result is null where a
 * field is no number, and below 0 where there are too few beds in total.
 * @param {Fields} fields
 */
export function occupied(fields) {
  const counts = COUNT_NAMES.map((name) => wholeNumber(fields[name]));
  return counts.reduce((left, each, index) => {
    if (left === null || each === null) return null;
    return index ? left - each : each;
  }, 0);
}

/**
 * Write how a category's beds are used: "16 of 20 beds occupied, 1 reserved".
 * @param {Fields} fields
 */
export function usageInWords(fields) {
  const inUse = occupied(fields);
  if (inUse === null) return "Enter whole numbers, such as 2.";
  if (inUse < 0) return `${plural(-inUse, "bed")} too many.`;
  const total = wholeNumber(fields.maximum_capacity);
  if (!total) return "You have entered no beds. Saving removes this category.";
  const parts = [`${inUse} of ${plural(total, "bed")} occupied`];
  if (wholeNumber(fields.reserved)) parts.push(`${wholeNumber(fields.reserved)} reserved`);
  if (wholeNumber(fields.not_available)) {
    parts.push(`${wholeNumber(fields.not_available)} not offered`);
  }
  return parts.join(", ");
}

/**
 * List what is wrong with the edits, each with its category and field.
 * @param {EditableHome} home
 * @param {Edits} edits
 * @param {string} today
 * @returns {FieldProblem[]}
 */
export function problemsIn(home, edits, today) {
  const problems = editedCategories(edits).flatMap((category) =>
    problemsInCategory(home, edits, category, today),
  );
  if (problems.length) return problems;
  const most = home.registered_beds || MOST_BEDS;
  const total = categoriesOf(home, edits).reduce(
    (sum, each) => sum + (wholeNumber(fieldsOf(home, edits, each).maximum_capacity) || 0),
    0,
  );
  if (total <= most) return [];
  const limit = home.registered_beds
    ? `but CQC has registered ${plural(most, "bed")} here`
    : `but you can enter at most ${most}`;
  const text = `All categories add up to ${plural(total, "bed")}, ${limit}`;
  const culprit = entriesOf(edits).find(({ name }) => name === "maximum_capacity");
  const category = culprit ? culprit.category : editedCategories(edits)[0];
  return [{ category, name: "maximum_capacity", text }];
}

/**
 * @param {EditableHome} home
 * @param {Edits} edits
 * @param {Api.BedCategory} category
 * @param {string} today
 * @returns {FieldProblem[]}
 */
function problemsInCategory(home, edits, category, today) {
  const fields = fieldsOf(home, edits, category);
  const problem = (/** @type {FieldName} */ name, /** @type {string} */ text) => ({
    ...{ category, name, text: `${CATEGORIES[category]}: ${text}` },
  });
  const problems = COUNT_NAMES.filter((name) => wholeNumber(fields[name]) === null).map((name) =>
    problem(name, `enter a whole number for ${COUNTS[name]}, such as 2`),
  );
  if (!problems.length && Number(occupied(fields)) < 0) {
    problems.push(problem("accepting", tooManyInWords(fields)));
  }
  // A saved day that has passed is not shown, and not sent again.
  const { available_from } = edits[category] || {};
  const rule = dayRule(available_from, today);
  if (rule) problems.push(problem("available_from", `the date of the next free bed ${rule}`));
  return problems;
}

/**
 * Write which counts are more than the total: "3 accepting and 18 reserved add up to 21 beds, but
 * the total is 20".
 * @param {Fields} fields
 */
function tooManyInWords(fields) {
  const counts = COUNT_NAMES.slice(1)
    .map((name) => ({ name, count: wholeNumber(fields[name]) || 0 }))
    .filter(({ count }) => count);
  const parts = listed(counts.map(({ name, count }) => `${count} ${COUNTS[name]}`));
  const sum = counts.reduce((total, { count }) => total + count, 0);
  const total = wholeNumber(fields.maximum_capacity) || 0;
  if (counts.length === 1) return `${parts} is more than the total of ${plural(total, "bed")}`;
  return `${parts} add up to ${plural(sum, "bed")}, but the total is ${total}`;
}

/**
 * Say what is wrong with a status: a missing reason, or the day on which a home expects to reopen.
 * @param {Api.AdmissionStatus} admissionStatus
 * @param {string} today
 * @returns {FieldError[]}
 */
export function problemsInAdmission({ status, reason, expected_date }, today) {
  const problems = [];
  if (status === "closed" && !reason)
    problems.push({ href: "#closure_reason-0", text: "Choose why you are closing" });
  const rule = dayRule(expected_date, today);
  if (rule)
    problems.push({ href: "#expected_date", text: `The date you expect to reopen ${rule}` });
  return problems;
}

/**
 * Write the rule that a day breaks; "" where it breaks none, or there is no day.
 * @param {string | undefined} day
 * @param {string} today
 */
function dayRule(day, today) {
  const last = daysLater(today, FARTHEST_DAYS);
  if (!day || (day >= today && day <= last)) return "";
  return `must be between today and ${dayInWords(last)}`;
}

/**
 * Write the `beds` of the request: only the edited categories, so that the others stay.
 * @param {EditableHome} home
 * @param {Edits} edits
 * @param {string} today
 */
export function bedsToSend(home, edits, today) {
  /** @type {Api.ByCategory<Record<string, number | string | null>>} */
  const beds = {};
  for (const category of editedCategories(edits)) {
    const fields = fieldsOf(home, edits, category);
    /** @type {Record<string, number | string | null>} */
    const counts = { occupied: occupied(fields) };
    for (const name of COUNT_NAMES) counts[name] = wholeNumber(fields[name]);
    if (counts.not_available && fields.not_available_reason) {
      counts.not_available_reason = fields.not_available_reason;
    }
    // A day that has passed says nothing any more.
    if (fields.available_from >= today) counts.available_from = fields.available_from;
    if (fields.suits !== "any") counts.suits = fields.suits;
    beds[category] = counts;
  }
  return beds;
}

/**
 * Write what the edits do, a line each: "Dementia nursing: 3 accepting (was 2)".
 * @param {EditableHome} home
 * @param {Edits} edits
 */
export function changesInWords(home, edits) {
  return entriesOf(edits).map(({ category, name, text }) => {
    const where = CATEGORIES[category];
    if (name === "not_available_reason") return `${where}: new reason for beds not offered`;
    if (name === "available_from") {
      return `${where}: ${text ? `next bed free on ${dayInWords(text)}` : "no date for the next free bed"}`;
    }
    if (name === "suits") return `${where}: suits ${lowerFirst(SUITS[text])}`;
    const before = fieldsOf(home, {}, category)[name];
    return `${where}: ${text || "?"} ${COUNTS[name]} (was ${before})`;
  });
}

/**
 * Write which vacancies hospital teams see: "2 general nursing, 1 dementia nursing".
 * @param {EditableHome} home
 */
export function visibleInWords(home) {
  const whyNot = registrationInWords(home);
  if (whyNot) return whyNot;
  if (home.admission_status.status === "closed") {
    return "Hospital teams do not see your vacancies while the home is closed.";
  }
  const vacancies = CATEGORY_ORDER.map((category) => {
    const counts = home.beds[category];
    return { category, count: counts ? counts.accepting : 0 };
  }).filter(({ count }) => count);
  if (!vacancies.length) return "Hospital teams can see that you have no vacancies.";
  const sum = vacancies.reduce((total, { count }) => total + count, 0);
  const parts = vacancies.map(
    ({ category, count }) => `${count} ${CATEGORIES[category].toLowerCase()}`,
  );
  return `Hospital teams can now see ${plural(sum, "vacancy", "vacancies")}: ${parts.join(", ")}.`;
}

/**
 * Say why no search shows the home, where that is because of CQC's register; "" where it does.
 * @param {Pick<EditableHome, "registration" | "successor">} home
 */
export function registrationInWords({ registration, successor }) {
  if (registration !== "active" && successor) {
    return (
      `CQC now lists this home as ${successor}, so hospital teams cannot see the vacancies here. ` +
      "Ask your council for access to the new ID."
    );
  }
  if (registration === "dormant") {
    return (
      "CQC's register lists this home as dormant, so hospital teams cannot see your vacancies. " +
      "If the home is open, tell CQC and your council."
    );
  }
  if (registration === "deregistered") {
    return (
      "CQC's register no longer lists this home under this location ID, so hospital teams cannot " +
      "see your vacancies. If the home has a new ID, ask your council for access to it."
    );
  }
  return "";
}
