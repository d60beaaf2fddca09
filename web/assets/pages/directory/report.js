// What an import did: in total, and which homes left search.

import { dataTable } from "../../components/data-table.js";
import { details } from "../../components/details.js";
import { notice } from "../../components/notice.js";
import { fill, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { countRows, grouped, leavingInWords, missingAuthorityInWords } from "./import-words.js";
import { reportRows } from "./report-rows.js";
import { undoSection } from "./undo.js";

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
    undoSection(report),
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
 * List the homes that left search, or would, and those that may be one building.
 * @param {Api.ImportReport} report
 */
function homesThatLeft(report) {
  const { needs_confirmation: isOpen = false, would_close, closed, homes = {} } = report;
  const { would_be_dormant: dormant = [], kept = [], successors = [], twins = [] } = report;
  const named = (/** @type {string} */ id) => homeLink(id, homes);
  const list = (/** @type {readonly string[]} */ ids, /** @type {string} */ heading) =>
    items(ids.map(named), heading, isOpen);
  return [
    isOpen
      ? list(would_close, "Homes that are not in the file")
      : list(closed, "Homes no longer registered"),
    list(dormant, "Homes that are dormant in the file"),
    list(kept, "Homes that are not in the file and stay as they were"),
    items(
      successors.map((each) => [
        [named(each.old), " may now be "],
        [named(each.new), `: ${each.because}.`],
        successorLink(each),
      ]),
      "Homes that may have a new location ID",
    ),
    items(
      twins.map(({ location_ids: [one, other], because }) => [
        [named(one), " and "],
        [named(other), `: ${because}. If this is one home, only one ID should have its beds.`],
      ]),
      "Homes that may be registered twice",
    ),
  ];
}

/**
 * @param {readonly Children[]} contents
 * @param {string} heading
 * @param {boolean} [open]
 */
function items(contents, heading, open = false) {
  if (!contents.length) return null;
  const list = contents.map((content) => h("li", null, content));
  return details(
    `${heading}: ${grouped(contents.length)}`,
    h("ul", { class: "nhsuk-list nhsuk-list--bullet ids" }, list),
    { open },
  );
}

/** @param {{ old: string, new: string }} successor */
function successorLink(successor) {
  const href = `/successor.html?${new URLSearchParams(successor)}`;
  const text = "If it is the same home, carry over what the old ID has";
  const ids = `: ${successor.old} to ${successor.new}`;
  return h(
    "div",
    null,
    h("a", { href }, text, h("span", { class: "nhsuk-u-visually-hidden" }, ids)),
  );
}

/**
 * @param {string} id
 * @param {NonNullable<Api.ImportReport["homes"]>} homes
 */
function homeLink(id, homes) {
  const { name, address } = homes[id] || { name: id, address: "" };
  const link = h("a", { href: `/home.html?${new URLSearchParams({ id })}` }, name);
  return [link, address && `, ${address} (${id})`];
}
