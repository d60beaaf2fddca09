// A table of data, which can be sorted and can become cards on a narrow screen.

import { fill, h } from "../core/dom.js";

/**
 * @typedef {object} SortableColumn
 * @property {string} text
 * @property {string} sort the order that its button gives first: "name", or "-beds" for most first
 *
 * @typedef {string | SortableColumn} Column
 * @typedef {readonly (readonly Children[])[]} Rows the first cell of each is its heading
 *
 * @typedef {object} DataTableOptions
 * @property {string} [caption]
 * @property {boolean} [hideCaption] whether only a screen reader gets the caption
 * @property {boolean} [hideHead] whether only a screen reader gets the heads of the columns
 * @property {readonly Column[]} columns
 * @property {Rows} [rows]
 * @property {boolean} [numeric] whether the other cells are numbers, to be aligned as such
 * @property {boolean} [cards] whether each row is a card on a narrow screen; each cell then has the
 *   head of its column with it
 * @property {(sort: string) => unknown} [onSort] called where another order is chosen
 * @property {string} [className]
 */

/**
 * Make a table, with `showRows` to replace its rows, `addRows` to add some at its end, and
 * `showSort` to mark the column that it is sorted by. The rows come sorted: the page sorts them.
 * @param {DataTableOptions} options
 */
export function dataTable(options) {
  const { caption, hideCaption, hideHead, columns, rows = [], numeric, cards, onSort } = options;
  const hidden = "nhsuk-u-visually-hidden";
  const captionClass = "nhsuk-table__caption nhsuk-table__caption--m";
  const heads = columns.map((column) => columnHead(column, cards, onSort));
  const body = h("tbody", { class: "nhsuk-table__body", role: cards && "rowgroup" });
  const element = h(
    "table",
    {
      class: [cards && "nhsuk-table data-table--cards", options.className]
        .filter(Boolean)
        .join(" "),
      role: cards && "table",
    },
    caption && h("caption", { class: hideCaption ? hidden : captionClass }, caption),
    h(
      "thead",
      { class: hideHead && hidden, role: cards && "rowgroup" },
      h(
        "tr",
        { role: cards && "row" },
        heads.map((head) => head.element),
      ),
    ),
    body,
  );
  const row = cards ? cardRow : tableRow;

  /** @param {Rows} added */
  function addRows(added) {
    body.append(...added.map((cells) => row(cells, heads, numeric)));
  }

  /** @param {Rows} replacements */
  function showRows(replacements) {
    fill(body);
    addRows(replacements);
  }

  /** @param {string} sort such as "name", or "-name" for the largest first */
  function showSort(sort) {
    for (const head of heads) head.showSort(sort);
  }

  addRows(rows);
  return { element, body, addRows, showRows, showSort };
}

/** @typedef {ReturnType<typeof columnHead>} Head */

/**
 * @param {Column} column
 * @param {boolean | undefined} cards
 * @param {((sort: string) => unknown) | undefined} onSort
 */
function columnHead(column, cards, onSort) {
  const element = h("th", {
    ...{ scope: "col", role: cards && "columnheader", class: cards && "nhsuk-table__header" },
  });
  if (typeof column === "string") {
    fill(element, column);
    return { element, text: column, showSort() {} };
  }
  const { text, sort: first } = column;
  const name = first.replace(/^-/, "");
  const sign = h("span", { class: "sort__sign", "aria-hidden": "true" });
  let next = first;
  const sortByIt = () => onSort && onSort(next);
  fill(element, h("button", { type: "button", class: "sort", click: sortByIt }, text, sign));

  /** @param {string} sort */
  function showSort(sort) {
    const ascending = sort === name;
    const descending = sort === `-${name}`;
    if (ascending) element.setAttribute("aria-sort", "ascending");
    else if (descending) element.setAttribute("aria-sort", "descending");
    else element.removeAttribute("aria-sort");
    fill(sign, ascending ? "▲" : descending ? "▼" : "");
    next = ascending ? `-${name}` : descending ? name : first;
  }

  return { element, text, showSort };
}

/**
 * @param {readonly Children[]} row
 * @param {readonly Head[]} heads
 * @param {boolean} [numeric]
 */
function tableRow([heading, ...cells], heads, numeric) {
  const cellClass = numeric && "nhsuk-table__cell nhsuk-table__cell--numeric";
  return h(
    "tr",
    { class: "nhsuk-table__row" },
    h("th", { scope: "row" }, heading),
    cells.map((cell) => h("td", { class: cellClass }, cell)),
  );
}

/**
 * Make a row that can be a card. Its roles are explicit, as the layout of a card removes those of a
 * table.
 * @param {readonly Children[]} row
 * @param {readonly Head[]} heads
 */
function cardRow([heading, ...cells], [headingHead, ...heads]) {
  const label = (/** @type {Head} */ head) =>
    h("span", { class: "data-table__label" }, `${head.text} `);
  return h(
    "tr",
    { class: "nhsuk-table__row", role: "row" },
    h(
      "th",
      { scope: "row", role: "rowheader", class: "nhsuk-table__header" },
      label(headingHead),
      h("div", null, heading),
    ),
    cells.map((cell, number) =>
      h(
        "td",
        { role: "cell", class: "nhsuk-table__cell" },
        label(heads[number]),
        h("div", null, cell),
      ),
    ),
  );
}
