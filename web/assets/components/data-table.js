// A table of figures.

import { fill, h } from "../core/dom.js";

/**
 * @typedef {object} DataTableOptions
 * @property {string} [caption]
 * @property {boolean} [hideCaption] whether only a screen reader gets the caption
 * @property {boolean} [hideHead] whether only a screen reader gets the heads of the columns
 * @property {readonly string[]} columns
 * @property {readonly (readonly Children[])[]} [rows] the first cell of each is its heading
 * @property {boolean} [numeric] whether the other cells are numbers, to be aligned as such
 * @property {string} [className]
 */

/**
 * Make a table, and `showRows` to replace its rows.
 * @param {DataTableOptions} options
 */
export function dataTable(options) {
  const { caption, hideCaption, hideHead, columns, rows = [], numeric, className } = options;
  const hidden = "nhsuk-u-visually-hidden";
  const captionClass = "nhsuk-table__caption nhsuk-table__caption--m";
  const body = h("tbody", { class: "nhsuk-table__body" });
  const element = h(
    "table",
    { class: className },
    caption && h("caption", { class: hideCaption ? hidden : captionClass }, caption),
    h(
      "thead",
      { class: hideHead && hidden },
      h(
        "tr",
        null,
        columns.map((each) => h("th", { scope: "col" }, each)),
      ),
    ),
    body,
  );
  const cellClass = numeric && "nhsuk-table__cell nhsuk-table__cell--numeric";
  /** @param {readonly (readonly Children[])[]} given */
  const showRows = (given) => {
    fill(
      body,
      given.map(([heading, ...cells]) =>
        h(
          "tr",
          { class: "nhsuk-table__row" },
          h("th", { scope: "row" }, heading),
          cells.map((each) => h("td", { class: cellClass }, each)),
        ),
      ),
    );
  };
  showRows(rows);
  return { element, showRows };
}
