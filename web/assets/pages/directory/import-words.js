// What an import did, in words. Needs no browser.

import { listed, plural } from "../../text/format.js";

/**
 * The results that a report counts, in the order in which they are shown.
 * @type {Record<string, { one: string, many: string, row: string }>}
 */
const RESULTS = {
  new: { one: "New home", many: "New homes", row: "New" },
  changed: { one: "Home updated", many: "Homes updated", row: "Updated" },
  unchanged: { one: "Home unchanged", many: "Homes unchanged", row: "Unchanged" },
  closed: {
    one: "Home no longer registered",
    many: "Homes no longer registered",
    row: "No longer registered",
  },
  dormant: { one: "Home dormant at CQC", many: "Homes dormant at CQC", row: "Dormant" },
  deregistered: {
    one: "Row of a home that CQC lists as deregistered",
    many: "Rows of homes that CQC lists as deregistered",
    row: "Deregistered",
  },
  unreadable: { one: "Row not imported", many: "Rows not imported", row: "Not imported" },
  "outside the council's authorities": {
    one: "Home outside your area, ignored",
    many: "Homes outside your area, ignored",
    row: "Outside your area",
  },
  "not a care home": {
    one: "Not a care home, ignored",
    many: "Not care homes, ignored",
    row: "Not a care home",
  },
};

/**
 * Write what a report counts: a row for each result that there is, and for new homes in any case.
 * @param {Record<string, number>} counts
 * @returns {[name: string, count: string][]}
 */
export function countRows(counts) {
  return Object.entries(RESULTS)
    .filter(([name]) => counts[name] || name === "new")
    .map(([name, { one, many }]) => [counts[name] === 1 ? one : many, grouped(counts[name] || 0)]);
}

/**
 * Write a number with its thousands apart: "1,200".
 * @param {number} number
 */
export function grouped(number) {
  return number.toLocaleString("en-GB");
}

/**
 * Write the result of a row.
 * @param {string} result
 */
export function resultInWords(result) {
  return RESULTS[result] ? RESULTS[result].row : result;
}

/**
 * List what is wrong with a row, or was read otherwise than it stands there.
 * @param {Api.ImportRow} row
 */
export function problemsOf({ why, note }) {
  return [why, note].flatMap((each) => (each ? each.split("; ") : []));
}

/**
 * Say what to do about a row, or what follows from it; nothing for most.
 * @param {Api.ImportRow} row
 */
export function whatToDo({ row, result }) {
  if (result === "unreadable") {
    return (
      `Correct row ${row} in the file and import it again. If Bedboard has this home already, it ` +
      "has not changed."
    );
  }
  if (result === "deregistered") {
    return "Does not appear in search: the file says that it has left CQC's register.";
  }
  if (result === "dormant") return "Does not appear in search while CQC lists it as dormant.";
  return "";
}

/**
 * Name the box that shows only the rows to check.
 * @param {number} unreadable how many rows were not imported
 * @param {number} noted how many have a note
 */
export function toCheckInWords(unreadable, noted) {
  return noted
    ? `Show only rows with a problem or a note (${grouped(unreadable + noted)})`
    : `Show only rows that were not imported (${grouped(unreadable)})`;
}

/**
 * Say which homes would leave search, where those were so many that nothing was imported.
 * @param {Pick<Api.ImportReport, "would_close" | "would_be_dormant" | "active_before">} report
 */
export function leavingInWords({
  would_close: missing,
  would_be_dormant: dormant = [],
  active_before: before = 0,
}) {
  const parts = [];
  if (missing.length) parts.push(`${homesAre(missing.length)} not in this file`);
  if (dormant.length) parts.push(`${homesAre(dormant.length)} dormant in this file`);
  return (
    `${listed(parts)}. ${shareOf(missing.length + dormant.length, before)} would no longer appear ` +
    "in search. " +
    "That is more than usual for one month, so nothing has changed."
  );
}

/**
 * Say that the file has no care home of an authority, and what the file may call it.
 * @param {{ local_authority: string, nearest: string[] }} missing
 */
export function missingAuthorityInWords({ local_authority: authority, nearest }) {
  const none = `There is no care home of “${authority}” in this file.`;
  if (!nearest.length) {
    return `${none} Check that the file is for the right area.`;
  }
  const spellings = nearest.map((each) => `“${each}”`).join(" or ");
  return (
    `${none} The file has ${spellings}. If that is your area, ask the person who runs Bedboard ` +
    "for your council to write it the same way in the settings, and import the file again."
  );
}

/**
 * Write how many of the homes would leave: "7 of your 20 homes (35%)".
 * @param {number} leaving
 * @param {number} before
 */
function shareOf(leaving, before) {
  if (leaving >= before) return `All of your ${plural(before, "home")}`;
  const percent = Math.max(1, Math.round((100 * leaving) / before));
  return `${grouped(leaving)} of your ${plural(before, "home")} (${percent}%)`;
}

/** @param {number} count */
function homesAre(count) {
  return `${plural(count, "home")} ${count === 1 ? "is" : "are"}`;
}

/** @typedef {import("../../components/csv.js").Cell} Cell */

export const CSV_HEADINGS = ["Row", "Location ID", "Result", "Problem", "What to do"];

/**
 * Give the row of the report's file.
 * @param {Api.ImportRow} row
 * @returns {Cell[]}
 */
export function csvRow(row) {
  return [
    row.row,
    row.location_id,
    resultInWords(row.result),
    problemsOf(row).join("; "),
    whatToDo(row),
  ];
}
