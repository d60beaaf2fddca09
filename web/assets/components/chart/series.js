// Charts of one figure a day, oldest first, as a line or as columns. A null is a gap.

import { s } from "../../core/dom.js";
import { axisTop, linePath } from "./scale.js";

const HEIGHT = 220;
const TOP = 12;
const FOOT = 28;
const SIDE = 48;

/** @typedef {readonly (number | null)[]} Figures */

/**
 * Draw a line.
 * @param {Figures} values
 * @param {readonly string[]} names of the days
 * @param {number} width
 */
export function line(values, names, width) {
  const { x, y, content } = axes(values, names, width);
  const dots = values.map(
    (value, number) =>
      value !== null && s("circle", { class: "chart__dot", cx: x(number), cy: y(value), r: 3 }),
  );
  const path = s("path", { class: "chart__line", d: linePath(values, x, y) });
  return { height: HEIGHT, content: [content, path, dots] };
}

/**
 * Draw columns.
 * @param {Figures} values
 * @param {readonly string[]} names of the days
 * @param {number} width
 */
export function columns(values, names, width) {
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
