// The figures of a chart as a table, folded away beneath it.

import { dataTable } from "../data-table.js";
import { details } from "../details.js";

/**
 * Make the table, and `showRows` for when its figures change.
 * @param {string} summary
 * @param {readonly string[]} columns
 * @param {readonly (readonly Children[])[]} [rows]
 */
export function chartTable(summary, columns, rows = []) {
  const { element, showRows } = dataTable({ caption: summary, hideCaption: true, columns, rows });
  return { element: details(summary, element, { className: "numbers" }), showRows };
}
