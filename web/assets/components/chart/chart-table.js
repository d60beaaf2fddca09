// The numbers of a chart as a table, folded away beneath it.

import { fill, h } from "../../core/dom.js";

// `show(rows)`: a heading, then a cell for each further column; again whenever they change.
export function numbers(summary, columns, rows = []) {
  const body = h("tbody");
  const element = h(
    "details",
    { class: "nhsuk-details numbers" },
    h(
      "summary",
      { class: "nhsuk-details__summary" },
      h("span", { class: "nhsuk-details__summary-text" }, summary),
    ),
    h(
      "div",
      { class: "nhsuk-details__text" },
      h(
        "table",
        null,
        h("caption", { class: "nhsuk-u-visually-hidden" }, summary),
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            columns.map((each) => h("th", { scope: "col" }, each)),
          ),
        ),
        body,
      ),
    ),
  );
  show(rows);
  return { element, show };

  function show(given) {
    fill(
      body,
      given.map(([first, ...others]) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, first),
          others.map((each) => h("td", null, each)),
        ),
      ),
    );
  }
}
