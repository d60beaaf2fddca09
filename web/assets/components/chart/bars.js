// Bars lying on their side, each with its name and its number.

import { s } from "../../core/dom.js";
import { drawing } from "./drawing.js";

const WIDE = 560;
const NAMES = 270; // wide enough for the longest kind of bed
const NUMBER = 48;

// `rows`: {name, value, text}
export function bars(name, rows) {
  const most = Math.max(1, ...rows.map((each) => each.value));
  return drawing(name, (width) => (width < WIDE ? narrow : wide)(rows, most, width)).element;
}

function wide(rows, most, width) {
  const step = 32;
  const room = width - NAMES - NUMBER;
  const content = rows.map(({ name, value, text }, number) => {
    const y = number * step;
    const long = (room * value) / most;
    return [
      s("text", { x: 0, y: y + 21 }, name),
      s("rect", { class: "chart__bar", x: NAMES, y: y + 4, width: long, height: 24 }),
      s("text", { class: "chart__value", x: NAMES + long + 8, y: y + 21 }, text),
    ];
  });
  return { height: rows.length * step, content };
}

// The name above its bar.
function narrow(rows, most, width) {
  const step = 48;
  const content = rows.map(({ name, value, text }, number) => {
    const y = number * step;
    const long = ((width - NUMBER) * value) / most;
    return [
      s("text", { x: 0, y: y + 16 }, name),
      s("rect", { class: "chart__bar", x: 0, y: y + 22, width: long, height: 18 }),
      s("text", { class: "chart__value", x: long + 8, y: y + 37 }, text),
    ];
  });
  return { height: rows.length * step, content };
}
