// What became of an import: in all, and row by row.

import { dataTable } from "../../components/data-table.js";
import { details } from "../../components/details.js";
import { notice } from "../../components/notice.js";
import { fill, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { rowsOf } from "./report-rows.js";
import { RESULTS, goingInWords } from "./vocabulary.js";

// Answers the element at which a reader should be now.
export function showReport(place, report) {
  const told = outcome(report);
  const isImported = report.outcome === "imported";
  fill(
    place,
    told,
    isImported && totals(report.counts),
    homesLeft(report),
    isImported && rowsOf(report),
  );
  return told;
}

function outcome(report) {
  const at = h("p", null, `Finished at ${when(report.finished)}.`);
  if (report.needs_confirmation) {
    return notice(
      "warning",
      "Nothing was changed: please look at this first",
      h("p", null, goingInWords(report)),
      h("p", null, "If that is right, choose the same file again below and confirm it."),
      at,
    );
  }
  if (report.outcome === "refused") {
    const nothing = h("p", null, "Nothing was changed.");
    return notice("error", "This file cannot be imported", h("p", null, report.why), nothing, at);
  }
  const refused = report.counts.unreadable;
  const many = refused === 1 ? "1 row was" : `${refused} rows were`;
  const some = `${many} refused: see below. All the others were taken.`;
  return refused
    ? notice("warning", "Imported, but for some rows", h("p", null, some), at)
    : notice(
        "success",
        "Imported",
        h("p", null, "Every row was taken. What homes posted is as it was."),
        at,
      );
}

function totals(counts) {
  const rows = Object.entries(RESULTS).filter(([name]) => counts[name] || name === "new");
  return dataTable({
    ...{ caption: "In all", className: "nhsuk-table totals", numeric: true },
    ...{ columns: ["What became of it", "How many"], hideHead: true },
    rows: rows.map(([name, { one, many }]) => [
      counts[name] === 1 ? one : many,
      grouped(counts[name]),
    ]),
  }).element;
}

// The homes that left, or would.
function homesLeft(report) {
  const left = report.needs_confirmation ? report.would_close : report.closed;
  const dormant = report.would_be_dormant || [];
  return [
    homeLinks(
      left,
      report.needs_confirmation ? "Homes that are not in the file" : "Homes no longer registered",
    ),
    homeLinks(dormant, "Homes that are dormant in the file"),
  ];
}

function homeLinks(ids, heading) {
  if (!ids.length) return null;
  const item = (id) =>
    h("li", null, h("a", { href: `/home.html?${new URLSearchParams({ id })}` }, id));
  return details(
    `${heading}: ${grouped(ids.length)}`,
    h("ul", { class: "nhsuk-list ids" }, ids.map(item)),
  );
}

function grouped(number) {
  return Number(number || 0).toLocaleString("en-GB");
}
