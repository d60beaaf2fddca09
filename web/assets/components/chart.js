// Charts: bars, a line, columns; and their figures as a table.

import { fill, h, s } from "../core/dom.js";
import { dataTable } from "./data-table.js";
import { details } from "./details.js";

const BARS_WIDE_FROM = 560;
const NAMES_WIDTH = 270; // wide enough for the longest bed category
const NUMBER_WIDTH = 48;

const HEIGHT = 220;
const TOP = 12;
const FOOT = 28;
const SIDE = 48;

/** @typedef {{ name: string, value: number, text: string }} Bar */
/** @typedef {readonly (number | null)[]} Figures one a day, oldest first; null leaves a gap */
/** @typedef {{ height: number, content: Children }} Drawing */

/**
 * Make the figures of a chart as a table, folded away, and `showRows` for when they change.
 * @param {string} summary
 * @param {readonly string[]} heads of its columns
 * @param {import("./data-table.js").Rows} [rows]
 */
export function chartTable(summary, heads, rows = []) {
  const { element, showRows } = dataTable({
    caption: summary,
    hideCaption: true,
    columns: heads,
    rows,
  });
  return { element: details(summary, element, { className: "numbers" }), showRows };
}

/**
 * Make a drawing that is made anew for every width, so that its words stay readable; `redraw` is
 * for when its figures change.
 * @param {string} name what there is to see, in words
 * @param {(width: number) => Drawing} draw
 */
function drawing(name, draw) {
  const svg = s("svg", { role: "img", class: "chart", "aria-label": name });
  const element = h("div", { class: "chart-place" }, svg);
  let width = 0;
  const show = () => {
    if (!width) return;
    const { height, content } = draw(width);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    fill(svg, content);
  };
  new ResizeObserver(([{ contentRect }]) => {
    const measured = Math.floor(contentRect.width);
    if (measured === width) return;
    width = measured;
    show();
  }).observe(element);
  /** @param {string} newName */
  const redraw = (newName) => {
    svg.setAttribute("aria-label", newName);
    show();
  };
  return { element, redraw };
}

/**
 * Make a chart of horizontal bars, each with its name and its number.
 * @param {string} name what there is to see, in words
 * @param {readonly Bar[]} rows
 */
export function barChart(name, rows) {
  const most = Math.max(1, ...rows.map((each) => each.value));
  const draw = (/** @type {number} */ width) =>
    (width < BARS_WIDE_FROM ? narrow : wide)(rows, most, width);
  return drawing(name, draw).element;
}

/**
 * Draw each name beside its bar.
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

/**
 * Make a line of one figure a day, and `show` for when the figures change.
 * @param {readonly string[]} names of the days, oldest first
 */
export function lineChart(names) {
  return series(names, line);
}

/**
 * Make columns of one figure a day, and `show` for when the figures change.
 * @param {readonly string[]} names of the days, oldest first
 */
export function columnChart(names) {
  return series(names, columns);
}

/**
 * @param {readonly string[]} names
 * @param {(values: Figures, names: readonly string[], width: number) => Drawing} draw
 */
function series(names, draw) {
  /** @type {Figures} */
  let values = names.map(() => null);
  const { element, redraw } = drawing("", (width) => draw(values, names, width));
  /**
   * @param {string} name what there is to see, in words
   * @param {Figures} figures
   */
  const show = (name, figures) => {
    values = figures;
    redraw(name);
  };
  return { element, show };
}

/**
 * @param {Figures} values
 * @param {readonly string[]} names
 * @param {number} width
 */
function line(values, names, width) {
  const { x, y, content } = axes(values, names, width);
  const dots = values.map(
    (value, number) =>
      value !== null && s("circle", { class: "chart__dot", cx: x(number), cy: y(value), r: 3 }),
  );
  const path = s("path", { class: "chart__line", d: linePath(values, x, y) });
  return { height: HEIGHT, content: [content, path, dots] };
}

/**
 * @param {Figures} values
 * @param {readonly string[]} names
 * @param {number} width
 */
function columns(values, names, width) {
  const { x, y, content, step } = axes(values, names, width);
  const columnWidth = Math.max(2, step * 0.7);
  const rects = values.map(
    (value, number) =>
      value !== null &&
      s("rect", {
        ...{ class: "chart__bar", x: x(number) - columnWidth / 2, y: y(value) },
        ...{ width: columnWidth, height: y(0) - y(value) },
      }),
  );
  return { height: HEIGHT, content: [content, rects] };
}

/**
 * Draw lines at none, half and all, with their numbers, and the first, middle and last day.
 * @param {Figures} values
 * @param {readonly string[]} names
 * @param {number} width
 */
function axes(values, names, width) {
  const top = axisTop(Math.max(1, ...values.map((each) => each || 0)));
  const step = (width - SIDE) / names.length;
  const x = (/** @type {number} */ number) => SIDE + step * (number + 0.5);
  const y = (/** @type {number} */ value) => TOP + (HEIGHT - TOP - FOOT) * (1 - value / top);
  const lines = [0, top / 2, top].map((value) => [
    s("line", { class: "chart__grid", x1: SIDE, x2: width, y1: y(value), y2: y(value) }),
    s("text", { x: SIDE - 8, y: y(value) + 5, "text-anchor": "end" }, value),
  ]);
  const last = names.length - 1;
  const middle = Math.floor(last / 2);
  const days = [
    [SIDE, "start", names[0]],
    [x(middle), "middle", names[middle]],
    [width, "end", names[last]],
  ].map(([at, anchor, name]) => s("text", { x: at, y: HEIGHT - 6, "text-anchor": anchor }, name));
  return { x, y, step, content: [lines, days] };
}

/**
 * Give the number at the top of an axis: 2, 4, 6, 8, 10, 20, 40, ... Half of it is whole, too.
 * @param {number} value
 */
export function axisTop(value) {
  for (let ten = 1; ; ten *= 10) {
    for (const each of [2 * ten, 4 * ten, 6 * ten, 8 * ten, 10 * ten]) {
      if (each >= value) return each;
    }
  }
}

/**
 * Write the path of a line through the figures; null leaves a gap.
 * @param {readonly (number | null)[]} values
 * @param {(number: number) => number} x of the figure with that number
 * @param {(value: number) => number} y of a figure
 */
export function linePath(values, x, y) {
  let path = "";
  let pen = "M";
  values.forEach((value, number) => {
    if (value === null) {
      pen = "M";
      return;
    }
    path += `${pen}${x(number).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  return path;
}
