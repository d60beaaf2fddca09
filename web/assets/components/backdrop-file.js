// The files of the map's backdrop, as layer/backdrop.py writes and describes them.

/**
 * @typedef {object} BackdropIndex
 * @property {string} attribution
 * @property {string} licence its address
 * @property {Record<string, [number, number, number, number, number, number]>} areas south, west,
 *   north and east edge of each, and the latitude and longitude of its middle
 *
 * @typedef {object} BackdropFile
 * @property {[number, number]} cell height and width of a cell, in hundred-thousandths of a degree
 * @property {[number, number]} first row and column of the first character
 * @property {number[]} counts how many postcodes a cell of each class stands for
 * @property {string} cells
 * @property {[string, number, number][]} labels outward code, latitude, longitude
 *
 * @typedef {object} LoadedFile
 * @property {BackdropFile["cell"]} cell
 * @property {Label[]} labels
 * @property {(by: number) => Row[]} merged its cells, merged so many by so many
 *
 * @typedef {{ name: string, latitude: number, longitude: number }} Label
 * @typedef {{ row: number, columns: number[], counts: number[] }} Row of cells with postcodes
 * @typedef {{ south: number, west: number, north: number, east: number }} Box in degrees
 * @typedef {{ text: string, x: number, y: number, width: number, height: number }} PlacedLabel
 */

const FIRST_CHARACTER = "#".charCodeAt(0);
const END_OF_ROW = " ".charCodeAt(0);
const LONG_GAP = "~".charCodeAt(0);

/**
 * Read a file.
 * @param {BackdropFile} file
 * @returns {LoadedFile}
 */
export function readFile(file) {
  const rows = readCells(file);
  const labels = file.labels.map(([name, latitude, longitude]) => ({ name, latitude, longitude }));
  /** @type {Map<number, Row[]>} */
  const kept = new Map();
  const merged = (/** @type {number} */ by) => {
    const before = kept.get(by);
    if (before) return before;
    const now = mergeCells(rows, by);
    kept.set(by, now);
    return now;
  };
  return { cell: file.cell, labels, merged };
}

/**
 * Read the cells of a file, as layer/backdrop.py encodes them.
 * @param {Pick<BackdropFile, "first" | "counts" | "cells">} file
 * @returns {Row[]} from the south, each from the west
 */
export function readCells({ first: [south, west], counts, cells }) {
  const classes = counts.length;
  const longGap = Math.floor((LONG_GAP - FIRST_CHARACTER) / classes);
  /** @type {Row[]} */
  const rows = [];
  /** @type {Row} */
  let row = { row: south, columns: [], counts: [] };
  let column = west;
  for (let at = 0; at < cells.length; at += 1) {
    const code = cells.charCodeAt(at);
    if (code === END_OF_ROW) {
      if (row.columns.length) rows.push(row);
      row = { row: row.row + 1, columns: [], counts: [] };
      column = west;
    } else if (code === LONG_GAP) {
      column += longGap;
    } else {
      const number = code - FIRST_CHARACTER;
      column += Math.floor(number / classes);
      row.columns.push(column);
      row.counts.push(counts[number % classes]);
      column += 1;
    }
  }
  return row.columns.length ? [...rows, row] : rows;
}

/**
 * Make one cell of so many by so many.
 * @param {readonly Row[]} rows
 * @param {number} by
 * @returns {Row[]}
 */
export function mergeCells(rows, by) {
  /** @type {Map<number, Map<number, number>>} */
  const merged = new Map();
  for (const { row, columns, counts } of rows) {
    const number = Math.floor(row / by);
    const into = merged.get(number) || new Map();
    merged.set(number, into);
    columns.forEach((column, at) => {
      const wide = Math.floor(column / by);
      into.set(wide, (into.get(wide) || 0) + counts[at]);
    });
  }
  return [...merged].map(([row, cells]) => ({
    row,
    columns: [...cells.keys()],
    counts: [...cells.values()],
  }));
}

/**
 * Return the areas that are in a box, at least in part.
 * @param {Pick<BackdropIndex, "areas">} index
 * @param {Box} box
 */
export function areasIn({ areas }, { south, west, north, east }) {
  return Object.keys(areas).filter((name) => {
    const [bottom, left, top, right] = areas[name];
    return bottom <= north && top >= south && left <= east && right >= west;
  });
}

/**
 * Leave out each label that would be too near to one before it.
 * @param {readonly PlacedLabel[]} labels the most important first
 * @param {number} gap between two labels, in pixels
 */
export function withoutOverlap(labels, gap) {
  /** @type {PlacedLabel[]} */
  const kept = [];
  for (const label of labels) {
    const touches = kept.some(
      ({ x, y, width, height }) =>
        Math.abs(label.x - x) < (label.width + width) / 2 + gap &&
        Math.abs(label.y - y) < (label.height + height) / 2 + gap,
    );
    if (!touches) kept.push(label);
  }
  return kept;
}
