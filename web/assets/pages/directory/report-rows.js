// The rows of a report, page by page: those with problems, or all; and all of them as a file.

import { button } from "../../components/button.js";
import { saveCsv } from "../../components/csv.js";
import { dataTable } from "../../components/data-table.js";
import { checkbox, inputOf } from "../../components/field.js";
import { notice } from "../../components/notice.js";
import { showFailure } from "../../components/page.js";
import { fill, h } from "../../core/dom.js";
import { NoResponse, noResponseInWords } from "../../core/failures.js";
import {
  csvRow,
  CSV_HEADINGS,
  grouped,
  problemsOf,
  resultInWords,
  toCheckInWords,
  whatToDo,
} from "./import-words.js";
import { readReport } from "./imports.js";

const PAGE_SIZE = 50;
const DOWNLOAD_PAGE_SIZE = 5000;

/**
 * Make the section, which loads its rows.
 * @param {Api.ImportReport} report
 */
export function reportRows({ import_id: id, counts, rows_noted: noted = 0 }) {
  const table = h("div", { "aria-live": "polite" });
  const failure = h("div", null);
  const problems = counts.unreadable + noted;
  const onlyProblems = checkbox({
    id: "only-problems",
    label: toCheckInWords(counts.unreadable, noted),
    ...{ checked: problems > 0, disabled: problems === 0, change: () => show(0) },
  });
  const box = inputOf(onlyProblems);
  onlyProblems.classList.add("only");

  /** @param {number} offset */
  async function show(offset) {
    await attempt(async () => {
      const page = await readReport(id, {
        ...(box.checked && { only: "problems" }),
        ...{ offset, limit: PAGE_SIZE },
      });
      fill(
        table,
        page.rows.length ? rowsTable(page.rows) : h("p", null, "There are no rows to show."),
        pager(page, show),
      );
    });
  }

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    fill(failure);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof NoResponse)) return showFailure(failure, error);
      const { heading, text } = noResponseInWords(error);
      fill(failure, notice("error", heading, h("p", null, text)));
    }
    return undefined;
  }

  show(0);
  return h(
    "div",
    null,
    h("h2", { class: "nhsuk-heading-m" }, "Rows of the file"),
    button("Download report (CSV)", {
      kind: "secondary",
      onClick: () => attempt(() => downloadReport(id)),
    }),
    onlyProblems,
    failure,
    table,
  );
}

/** @param {string} id */
async function downloadReport(id) {
  /** @type {import("../../components/csv.js").Cell[][]} */
  const lines = [CSV_HEADINGS];
  for (let offset = 0, total = 1; offset < total; offset += DOWNLOAD_PAGE_SIZE) {
    const page = await readReport(id, { offset, limit: DOWNLOAD_PAGE_SIZE });
    total = page.total_rows;
    lines.push(...page.rows.map(csvRow));
  }
  saveCsv(lines, `import-${id}.csv`);
}

/** @param {readonly Api.ImportRow[]} rows */
function rowsTable(rows) {
  return dataTable({
    ...{ caption: "Rows of the file", hideCaption: true, cards: true, className: "rows" },
    columns: ["Row", "Location ID", "Result", "Problem"],
    rows: rows.map((row) => {
      const lines = [...problemsOf(row), whatToDo(row)].filter(Boolean);
      return [
        row.row,
        row.location_id || "None",
        resultInWords(row.result),
        lines.length ? lines.map((line) => h("span", { class: "rows__line" }, line)) : "None",
      ];
    }),
  }).element;
}

/**
 * @param {Api.ImportReport} page
 * @param {(offset: number) => Promise<void>} show
 */
function pager({ offset, rows, total_rows: total }, show) {
  if (total <= PAGE_SIZE) return null;
  const end = offset + rows.length;
  const turn = (/** @type {string} */ text, /** @type {number} */ to) =>
    button(text, { kind: "secondary", onClick: () => show(to) });
  return h(
    "div",
    { class: "actions" },
    offset > 0 && turn("Previous rows", Math.max(0, offset - PAGE_SIZE)),
    end < total && turn("Next rows", offset + PAGE_SIZE),
    h("p", null, `${offset + 1} to ${end} of ${grouped(total)}`),
  );
}
