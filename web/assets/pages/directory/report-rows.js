// The rows of a report, page by page: those with a problem, or all of them.

import { button } from "../../components/button.js";
import { showFailure } from "../../components/page.js";
import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { NoResponse } from "../../core/failures.js";
import { downloadReport } from "./report-csv.js";
import { resultInWords, whatToDo, wrongWith } from "./vocabulary.js";
import { pathOf } from "./wait-for-report.js";

const LIMIT = 50;

// `report`: the first answer on it.
export function rowsOf(report) {
  const place = h("div", null);
  const table = h("div", { "aria-live": "polite" });
  const said = h("div", null);
  const id = report.import_id;
  const problems = report.counts.unreadable;
  const box = h("input", {
    ...{ class: "nhsuk-checkboxes__input", type: "checkbox", id: "only-problems" },
    ...{ checked: problems > 0, disabled: problems === 0, change: () => show(0) },
  });

  async function show(offset) {
    const only = box.checked ? { only: "problems" } : {};
    await attempt(async () => {
      const told = await request("GET", pathOf(id, { ...only, offset, limit: LIMIT }));
      fill(
        table,
        told.rows.length ? rowTable(told.rows) : h("p", null, "There is no row."),
        pager(told, show),
      );
    });
  }

  async function attempt(act) {
    fill(said);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof NoResponse)) return showFailure(said, error);
      const why = h("p", null, "Bedboard could not be reached. Please try again.");
      fill(said, notice("error", "No connection", why));
    }
    return undefined;
  }

  const save = () => attempt(() => downloadReport(id));
  fill(
    place,
    h("h2", { class: "nhsuk-heading-m" }, "Row by row"),
    button("Download the report (CSV)", { kind: "secondary", onClick: save }),
    h(
      "div",
      { class: "nhsuk-checkboxes only" },
      h(
        "div",
        { class: "nhsuk-checkboxes__item" },
        box,
        h(
          "label",
          { class: "nhsuk-label nhsuk-checkboxes__label", for: "only-problems" },
          problems
            ? `Only the refused rows (${problems})`
            : "Only the refused rows: there are none",
        ),
      ),
    ),
    said,
    table,
  );
  show(0);
  return place;
}

function rowTable(rows) {
  const heads = ["Row", "Location", "Result", "What is wrong, and what to do"];
  return h(
    "table",
    { class: "nhsuk-table-responsive rows", role: "table" },
    h("caption", { class: "nhsuk-u-visually-hidden" }, "Rows of the file"),
    h(
      "thead",
      { role: "rowgroup", class: "nhsuk-table__head" },
      h(
        "tr",
        { role: "row" },
        heads.map((each) => h("th", { role: "columnheader", scope: "col" }, each)),
      ),
    ),
    h(
      "tbody",
      { class: "nhsuk-table__body" },
      rows.map((row) => rowOf(row, heads)),
    ),
  );
}

function rowOf(row, heads) {
  const wrong = [...wrongWith(row), whatToDo(row)].filter(Boolean);
  const cells = [
    String(row.row),
    row.location_id || "None",
    resultInWords(row.result),
    wrong.length ? wrong.map((line) => h("span", { class: "rows__line" }, line)) : "Nothing",
  ];
  return h(
    "tr",
    { role: "row", class: "nhsuk-table__row" },
    cells.map((cell, at) =>
      h(
        "td",
        { role: "cell", class: "nhsuk-table__cell" },
        h(
          "span",
          { class: "nhsuk-table-responsive__heading", "aria-hidden": "true" },
          `${heads[at]} `,
        ),
        h("span", { class: "rows__value" }, cell),
      ),
    ),
  );
}

function pager({ offset, rows, total_rows }, show) {
  if (total_rows <= LIMIT) return null;
  const turn = (text, to) => button(text, { kind: "secondary", onClick: () => show(to) });
  return h(
    "div",
    { class: "actions" },
    offset > 0 && turn("Rows before", Math.max(0, offset - LIMIT)),
    offset + rows.length < total_rows && turn("Rows after", offset + LIMIT),
    h(
      "p",
      null,
      `${offset + 1} to ${offset + rows.length} of ${total_rows.toLocaleString("en-GB")}`,
    ),
  );
}
