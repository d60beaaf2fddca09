// Files for a spreadsheet: RFC 4180, in UTF-8 with the mark that Excel looks for.

import { h } from "../core/dom.js";

/** @typedef {string | number | null | undefined} Cell */

/**
 * Write rows as CSV.
 * @param {readonly (readonly Cell[])[]} rows
 */
export function csvOf(rows) {
  return `\uFEFF${rows.map((row) => row.map(cellText).join(",")).join("\r\n")}\r\n`;
}

/**
 * Write a cell. One that a spreadsheet would take for a formula gets an apostrophe: then it is text.
 * @param {Cell} value
 */
function cellText(value) {
  let text = value == null ? "" : String(value);
  if (/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text)) text = `'${text}`;
  return /[",\r\n\t']/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * Have the browser save rows as a file.
 * @param {readonly (readonly Cell[])[]} rows
 * @param {string} name such as "homes.csv"
 */
export function saveCsv(rows, name) {
  const url = URL.createObjectURL(new Blob([csvOf(rows)], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000); // the browser may still be reading
}
