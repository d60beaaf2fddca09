// What became of an import: in all, and row by row.

import { when } from "../../text/dates.js";
import { fill, h } from "../../core/dom.js";
import { notice } from "../../components/notice.js";
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
    return notice(
      "error",
      "This file cannot be imported",
      h("p", null, sentence(report.why)),
      nothing,
      at,
    );
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
  return h(
    "table",
    { class: "nhsuk-table totals" },
    h("caption", { class: "nhsuk-table__caption nhsuk-table__caption--m" }, "In all"),
    h(
      "thead",
      { class: "nhsuk-u-visually-hidden" },
      h(
        "tr",
        null,
        h("th", { scope: "col" }, "What became of it"),
        h("th", { scope: "col" }, "How many"),
      ),
    ),
    h(
      "tbody",
      null,
      rows.map(([name, { one, many }]) =>
        h(
          "tr",
          { class: "nhsuk-table__row" },
          h("th", { scope: "row" }, counts[name] === 1 ? one : many),
          h("td", { class: "nhsuk-table__cell nhsuk-table__cell--numeric" }, grouped(counts[name])),
        ),
      ),
    ),
  );
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
  return h(
    "details",
    { class: "nhsuk-details" },
    h(
      "summary",
      { class: "nhsuk-details__summary" },
      h("span", { class: "nhsuk-details__summary-text" }, `${heading}: ${grouped(ids.length)}`),
    ),
    h("div", { class: "nhsuk-details__text" }, h("ul", { class: "nhsuk-list ids" }, ids.map(item))),
  );
}

function grouped(number) {
  return Number(number || 0).toLocaleString("en-GB");
}

function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
