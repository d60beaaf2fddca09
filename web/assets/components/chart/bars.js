// A chart of horizontal bars, each with its name and its number.

import { s } from "../../core/dom.js";
import { drawing } from "./drawing.js";

const WIDE_FROM = 560;
const NAMES_WIDTH = 270; // wide enough for the longest bed category
const NUMBER_WIDTH = 48;

/** @typedef {{ name: string, value: number, text: string }} Bar */

/**
 * Make the chart.
 * @param {string} name what there is to see, in words
 * @param {readonly Bar[]} rows
 */
export function bars(name, rows) {
  const most = Math.max(1, ...rows.map((each) => each.value));
  return drawing(name, (width) => (width < WIDE_FROM ? narrow : wide)(rows, most, width)).element;
}

/**
 * @param {readonly Bar[]} rows
 * @param {number} most
 * @param {number} width
 */
function wide(rows, most, width) {
  const step = 32;
  const room = width - NAMES_WIDTH - NUMBER_WIDTH;
  const content = rows.map(({ name, value, text }, number) => {
    const y = number * step;
    const length = (room * value) / most;
    return [
      s("text", { x: 0, y: y + 21 }, name),
      s("rect", { class: "chart__bar", x: NAMES_WIDTH, y: y + 4, width: length, height: 24 }),
      s("text", { class: "chart__value", x: NAMES_WIDTH + length + 8, y: y + 21 }, text),
    ];
  });
  return { height: rows.length * step, content };
}

/**
 * Draw each name above its bar.
 * @param {readonly Bar[]} rows
 * @param {number} most
 * @param {number} width
 */
function narrow(rows, most, width) {
  const step = 48;
  const content = rows.map(({ name, value, text }, number) => {
    const y = number * step;
    const length = ((width - NUMBER_WIDTH) * value) / most;
    return [
      s("text", { x: 0, y: y + 16 }, name),
      s("rect", { class: "chart__bar", x: 0, y: y + 22, width: length, height: 18 }),
      s("text", { class: "chart__value", x: length + 8, y: y + 37 }, text),
    ];
  });
  return { height: rows.length * step, content };
}
