// A home's bed counts while somebody edits them: what the fields say, what cannot be, what to send.
// `edits` holds the text of each field that was changed: {dementia_nursing: {accepting: "3"}}.

import { dayInWords, daysLater } from "../../text/dates.js";
import { listed, plural } from "../../text/format.js";
import { CATEGORIES, COUNTS } from "../../text/vocabulary.js";

export const MOST_BEDS = 1000;
const NUMBERS = ["maximum_capacity", "accepting", "reserved", "not_available"];
const FARTHEST_DAYS = 366;

// The text of every field of a category, with the edits laid on what was saved.
export function fieldsOf(home, edits, category) {
  const saved = home.beds[category] || {};
  const fields = { not_available_reason: "", available_from: "" };
  for (const name of NUMBERS) fields[name] = String(saved[name] || 0);
  for (const name of ["not_available_reason", "available_from"]) fields[name] = saved[name] || "";
  return { ...fields, ...edits[category] };
}

// The edits with one more; a field back at what was saved is no edit.
export function edited(home, edits, category, name, text) {
  const { [name]: _, ...others } = edits[category] || {};
  const same = fieldsOf(home, {}, category)[name] === text;
  const ofCategory = same ? others : { ...others, [name]: text };
  const { [category]: __, ...rest } = edits;
  return Object.keys(ofCategory).length ? { ...rest, [category]: ofCategory } : rest;
}

// The categories that the home has or is being given, in the usual order.
export function categoriesOf(home, edits) {
  return Object.keys(CATEGORIES).filter((each) => home.beds[each] || edits[each]);
}

export function wholeNumber(text) {
  const found = /^\s*(\d{1,4})\s*$/.exec(text);
  return found ? Number(found[1]) : null;
}

// Beds with somebody in them: all that are neither reserved nor empty. null: a field is no number.
export function occupied(fields) {
  const [all, ...others] = NUMBERS.map((name) => wholeNumber(fields[name]));
  if (all === null || others.includes(null)) return null;
  return others.reduce((left, each) => left - each, all);
}

// What cannot be, each with its category and field; `today` as "2026-11-22".
export function problemsOf(home, edits, today) {
  const found = Object.keys(edits).flatMap((category) =>
    problemsOfCategory(category, fieldsOf(home, edits, category), today),
  );
  if (found.length) return found;
  const most = home.registered_beds || MOST_BEDS;
  const all = categoriesOf(home, edits).reduce(
    (sum, category) => sum + wholeNumber(fieldsOf(home, edits, category).maximum_capacity),
    0,
  );
  if (all <= most) return [];
  const text = home.registered_beds
    ? `All categories together make ${plural(all, "bed")}, but CQC has registered ${most}`
    : `All categories together make ${all} beds; at most ${most} can be told`;
  const category = Object.keys(edits).find((each) => edits[each].maximum_capacity !== undefined);
  return [{ category, name: "maximum_capacity", text }];
}

function problemsOfCategory(category, fields, today) {
  const where = CATEGORIES[category];
  const problem = (name, text) => ({ category, name, text: `${where}: ${text}` });
  const found = NUMBERS.filter((name) => wholeNumber(fields[name]) === null).map((name) =>
    problem(name, `enter ${COUNTS[name]} as a whole number, such as 2`),
  );
  if (!found.length && occupied(fields) < 0) found.push(problem("accepting", tooMany(fields)));
  const from = fields.available_from;
  if (from && (from < today || from > daysLater(today, FARTHEST_DAYS))) {
    const last = dayInWords(daysLater(today, FARTHEST_DAYS));
    found.push(problem("available_from", `the next bed comes free between today and ${last}`));
  }
  return found;
}

// "3 accepting and 18 reserved make 21 beds, but there are 20"
function tooMany(fields) {
  const others = ["accepting", "reserved", "not_available"].filter((name) =>
    wholeNumber(fields[name]),
  );
  const sum = others.reduce((total, name) => total + wholeNumber(fields[name]), 0);
  const told = listed(others.map((name) => `${wholeNumber(fields[name])} ${COUNTS[name]}`));
  const all = wholeNumber(fields.maximum_capacity);
  const verb = others.length > 1 ? "make" : "is";
  return `${told} ${verb} ${plural(sum, "bed")}, but there ${all === 1 ? "is" : "are"} ${all}`;
}

// The body's `beds`: only the categories that were edited, so that others keep what they have.
export function bedsToSend(home, edits, today) {
  const beds = {};
  for (const category of Object.keys(edits)) {
    const fields = fieldsOf(home, edits, category);
    const counts = { occupied: occupied(fields) };
    for (const name of NUMBERS) counts[name] = wholeNumber(fields[name]);
    if (counts.not_available && fields.not_available_reason) {
      counts.not_available_reason = fields.not_available_reason;
    }
    // A day that has passed says nothing any more.
    if (fields.available_from >= today) counts.available_from = fields.available_from;
    beds[category] = counts;
  }
  return beds;
}

// What the edits do, a line each: "Dementia nursing: 3 accepting (was 2)".
export function changesInWords(home, edits) {
  const lines = [];
  for (const category of Object.keys(edits)) {
    const before = fieldsOf(home, {}, category);
    for (const [name, text] of Object.entries(edits[category])) {
      const where = CATEGORIES[category];
      if (COUNTS[name])
        lines.push(`${where}: ${text || "?"} ${COUNTS[name]} (was ${before[name]})`);
      else if (name === "available_from") {
        lines.push(
          `${where}: next bed free ${text ? `on ${dayInWords(text)}` : "on no known day"}`,
        );
      } else lines.push(`${where}: reason for not offering changed`);
    }
  }
  return lines;
}
