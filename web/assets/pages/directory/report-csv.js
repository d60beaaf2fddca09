// The whole report as a file for a spreadsheet.

import { ask } from "../../core/api.js";
import { h } from "../../core/dom.js";
import { pathOf } from "./wait-for-report.js";
import { resultInWords, whatToDo, wrongWith } from "./vocabulary.js";

const LIMIT = 5000;

export async function download(id) {
  const lines = [["Row", "Location ID", "Result", "What is wrong", "What to do"]];
  for (let offset = 0, total = 1; offset < total; offset += LIMIT) {
    const told = await ask("GET", pathOf(id, { offset, limit: LIMIT }));
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
  const text = lines.map((cells) => cells.map(quoted).join(",")).join("\r\n");
  // The mark has spreadsheet programs read it as UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
  h("a", { href: url, download: `import-${id}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

// No cell is a formula, whatever it begins with.
function quoted(cell) {
  const text = String(cell).replace(/^[=+\-@\t]/, "'$&");
  return `"${text.replace(/"/g, '""')}"`;
}
