// What an import did: in total, and which homes left search.

import { dataTable } from "../../components/data-table.js";
import { details } from "../../components/details.js";
import { notice } from "../../components/notice.js";
import { fill, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { countRows, grouped, leavingInWords, missingAuthorityInWords } from "./import-words.js";
import { reportRows } from "./report-rows.js";

/**
 * Fill a place with the report; return the notice at its top.
 * @param {HTMLElement} place
 * @param {Api.ImportReport} report
 */
export function showReport(place, report) {
  const outcome = outcomeNotice(report);
  const isImported = report.outcome === "imported";
  fill(
    place,
    outcome,
    notesOf(report),
    authoritiesNotice(report),
    isImported && countsTable(report.counts),
    homesThatLeft(report),
    isImported && reportRows(report),
  );
  return outcome;
}

/** @param {Api.ImportReport} report */
function outcomeNotice(report) {
  const finished = h("p", null, `Finished at ${when(report.finished)}.`);
  if (report.needs_confirmation) {
    return notice(
      "warning",
      "Check these homes before you import",
      h("p", null, leavingInWords(report)),
      h("p", null, "If this is right, choose the same file again below and confirm it."),
      finished,
    );
  }
  if (report.outcome === "refused") {
    const unchanged = h("p", null, "Nothing has changed.");
    const why = h("p", null, report.why);
    return notice("error", "This file cannot be imported", why, unchanged, finished);
  }
  const { unreadable, written } = report.counts;
  if (report.missing_authorities && !written) {
    const none = "No home was added or changed. See below.";
    return notice("warning", "Nothing was imported", h("p", null, none), finished);
  }
  if (unreadable) {
    const have = unreadable === 1 ? "has" : "have";
    const some = `${plural(unreadable, "row")} ${have} problems. All other rows were imported.`;
    return notice("warning", "Some rows were not imported", h("p", null, some), finished);
  }
  const all = h("p", null, "All rows were imported. What homes posted has not changed.");
  return notice("success", "Imported", all, finished);
}

/** @param {Api.ImportReport} report */
function notesOf({ notes = [] }) {
  if (!notes.length) return null;
  return notice("warning", "Check this", ...notes.map((note) => h("p", null, note)));
}

/** @param {Api.ImportReport} report */
function authoritiesNotice({ missing_authorities: missing = [] }) {
  if (!missing.length) return null;
  const heading = "Your area has another name in this file";
  return notice(
    "warning",
    missing.some(({ nearest }) => nearest.length) ? heading : "Your area is not in this file",
    missing.map((each) => h("p", null, missingAuthorityInWords(each))),
  );
}

/** @param {Record<string, number>} counts */
function countsTable(counts) {
  return dataTable({
    ...{ caption: "Summary", className: "nhsuk-table totals", numeric: true },
    ...{ columns: ["Result", "Number"], hideHead: true },
    rows: countRows(counts),
  }).element;
}

/**
 * List the homes that left search, or would.
 * @param {Api.ImportReport} report
 */
function homesThatLeft(report) {
  const { needs_confirmation: needsConfirmation, would_close, closed } = report;
  return [
    needsConfirmation
      ? homeLinks(would_close, "Homes that are not in the file")
      : homeLinks(closed, "Homes no longer registered"),
    homeLinks(report.would_be_dormant || [], "Homes that are dormant in the file"),
    homeLinks(report.kept || [], "Homes that are not in the file and stay as they were"),
  ];
}

/**
 * @param {readonly string[]} ids
 * @param {string} heading
 */
function homeLinks(ids, heading) {
  if (!ids.length) return null;
  const links = ids.map((id) =>
    h("li", null, h("a", { href: `/home.html?${new URLSearchParams({ id })}` }, id)),
  );
  return details(`${heading}: ${grouped(ids.length)}`, h("ul", { class: "nhsuk-list ids" }, links));
}
