// A change of a home, in words.

import { dayInWords } from "../../text/dates.js";
import { needLines } from "../../text/declaration.js";
import { listed, pounds } from "../../text/format.js";
import { FUNDING } from "../../text/needs.js";
import { admissionInWords, CATEGORIES } from "../../text/vocabulary.js";

const HEADINGS = {
  updated: "Vacancies updated",
  confirmed: "Confirmed with no changes",
  edited: "Page edited",
  imported: "Updated from CQC's register",
  carried_over: "Carried over from the location ID before",
};

/** The parts of a change that mean nothing to readers. */
const NOT_SHOWN = [
  "version",
  "admission_status_at",
  "confirmed_at",
  "said_at",
  "fill_records",
  "latitude",
  "longitude",
  "provider_id",
  "needs_said_on",
];

/** The day from which a history looks: before every promise, so that it tells what was said. */
const AS_SAID = "";

/**
 * @param {string} name
 * @param {(value: any) => unknown} [write]
 */
const withName =
  (name, write = String) =>
  (/** @type {any} */ value) =>
    value == null ? `${name}: removed` : `${name}: ${write(value)}`;

/** @type {Record<string, (value: any) => string>} */
const LINES = {
  rating: withName("CQC rating"),
  name: withName("Name"),
  registered_beds: withName("Registered beds"),
  registration: withName("Registration"),
  successor: withName("New location ID"),
  vacancies_phone: withName("Phone number for vacancies"),
  phone: withName("Phone number"),
  website: withName("Website"),
  weekly_fee_from: withName("Fees from", (value) => `${pounds(value)} a week`),
  weekly_fee_to: withName("Fees up to", (value) => `${pounds(value)} a week`),
  funding: (value) =>
    value
      ? `Accepts: ${listed(value.map((/** @type {string} */ each) => FUNDING[each]))}`
      : "Answer removed: who pays",
  top_up_from: withName("Top-up from", (value) => (value ? `${pounds(value)} a week` : "not said")),
  respite_nights: withName("Fewest nights of respite", (value) => String(value || "not said")),
  assesses_by: (value) => (value ? "How it assesses changed" : "Answer removed: how it assesses"),
  assesses_within_hours: withName("Assesses within hours", (value) => String(value || "not said")),
  admission_hours: (value) =>
    value ? "Admission hours changed" : "Answer removed: when it admits",
  also_as: () => "What its beds may be used as changed",
  description: (value) => (value == null ? "Description removed" : "Description changed"),
};

/**
 * Write a change: a heading, and a line for each thing that it changed.
 * @param {Pick<Api.HomeChange, "action" | "was" | "is">} change
 * @returns {[heading: string, lines: string[]]}
 */
export function changeInWords({ action, was, is }) {
  if (!was) return ["Added from CQC's register", []];
  const lines = Object.keys(is).flatMap((name) => linesOf(name, was[name], is[name]));
  return [HEADINGS[action] || "Changed", lines];
}

/**
 * @param {string} name
 * @param {any} before
 * @param {any} after
 */
function linesOf(name, before, after) {
  if (name === "beds") return bedLines(before || {}, after || {});
  if (name === "admission_status") return [admissionInWords(after, AS_SAID)];
  if (name === "needs") return needLines(before || {}, after || {});
  if (name === "home_before") return homeBeforeLines(before, after);
  if (LINES[name]) return [LINES[name](after)];
  return NOT_SHOWN.includes(name) ? [] : [`${spaced(name)} changed`];
}

/**
 * @param {Record<string, Api.BedCounts>} before
 * @param {Record<string, Api.BedCounts>} after
 */
function bedLines(before, after) {
  return Object.entries(CATEGORIES).flatMap(([category, name]) => {
    const [old, now] = [before[category], after[category]];
    if (!old && !now) return [];
    if (!now) return [`${name}: no longer offered`];
    if (!old) return [`${name}: ${now.accepting} free of ${now.maximum_capacity}`];
    if (old.accepting !== now.accepting)
      return [`${name}: ${now.accepting} free (was ${old.accepting})`];
    return otherCounts(old, now).map((words) => `${name}: ${words}`);
  });
}

/**
 * Write where a home came from; that a question about it was answered says nothing of that.
 * @param {Api.HomeBefore | null | undefined} before
 * @param {Api.HomeBefore | null | undefined} after
 */
function homeBeforeLines(before, after) {
  if (after) return before ? [] : [`Location ID before: ${after.location_id}`];
  return ["Location ID before: taken back"];
}

/**
 * Write what changed of a category's counts, apart from its vacancies.
 * @param {Api.BedCounts} old
 * @param {Api.BedCounts} now
 */
function otherCounts({ available_from: before, ...old }, { available_from: day, ...now }) {
  if (JSON.stringify(old) !== JSON.stringify(now)) return ["bed counts changed"];
  if (day === before) return [];
  return [day ? `next bed free on ${dayInWords(day)}` : "no date for the next free bed"];
}

/** @param {string} name */
function spaced(name) {
  const words = name.replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
