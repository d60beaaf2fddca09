// What teams looked for, as rows: which are shown, in which order, and as a file.

import { categoryInWords, wantedInWords } from "../../text/demand.js";

/**
 * @typedef {object} Filters
 * @property {string} district empty: all
 * @property {string} category empty: all
 * @property {boolean} unmet only what no nearby home says yes to
 */

/**
 * @param {readonly Api.DemandRow[]} rows
 * @param {Filters} filters
 */
export function selectRows(rows, { district, category, unmet }) {
  return rows.filter(
    (row) =>
      (!district || row.district === district) &&
      (!category || row.category === category) &&
      (!unmet || row.homes_saying_yes === 0),
  );
}

/**
 * Give the values of a column that occur, in alphabetical order.
 * @param {readonly Api.DemandRow[]} rows
 * @param {"district" | "category"} column
 */
export function valuesOf(rows, column) {
  return [...new Set(rows.map((row) => row[column]))].sort((one, other) =>
    one.localeCompare(other, "en", { numeric: true }),
  );
}

/**
 * Count the rows of each district, and those that no nearby home says yes to.
 * @param {readonly Api.DemandRow[]} rows
 */
export function byDistrict(rows) {
  /** @type {Map<string, { wanted: number, unmet: number }>} */
  const counts = new Map();
  for (const { district, homes_saying_yes: homes } of rows) {
    const { wanted, unmet } = counts.get(district) || { wanted: 0, unmet: 0 };
    counts.set(district, { wanted: wanted + 1, unmet: unmet + (homes === 0 ? 1 : 0) });
  }
  return counts;
}

/**
 * Write the rows of a file.
 * @param {Api.Period} period
 * @param {readonly Api.DemandRow[]} rows
 */
export function csvRows({ first, last }, rows) {
  return [
    [
      "First day",
      "Last day",
      "District",
      "Kind of bed",
      "Looked for",
      "Searches",
      "Homes saying yes",
    ],
    ...rows.map((row) => [
      ...[first, last, row.district, categoryInWords(row.category), wantedInWords(row.need)],
      ...[row.searches, row.homes_saying_yes],
    ]),
  ];
}
