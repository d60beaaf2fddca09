// The whole report as a file for a spreadsheet.

import { saveCsv } from "../../components/csv.js";
import { request } from "../../core/api.js";
import { resultInWords, whatToDo, wrongWith } from "./vocabulary.js";
import { pathOf } from "./wait-for-report.js";

const LIMIT = 5000;

export async function downloadReport(id) {
  const lines = [["Row", "Location ID", "Result", "What is wrong", "What to do"]];
  for (let offset = 0, total = 1; offset < total; offset += LIMIT) {
    const told = await request("GET", pathOf(id, { offset, limit: LIMIT }));
    total = told.total_rows;
    for (const row of told.rows) {
      const result = resultInWords(row.result);
      lines.push([
        row.row,
        row.location_id || "",
        result,
        wrongWith(row).join("; "),
        whatToDo(row),
      ]);
    }
  }
  saveCsv(lines, `import-${id}.csv`);
}
