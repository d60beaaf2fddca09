// Numbers day by day, oldest first, as a line or as columns; null is a gap.

import { s } from "../../core/dom.js";

const HEIGHT = 220;
const TOP = 12;
const FOOT = 28;
const SIDE = 48;

export function line(values, names, width) {
  const { x, y, content } = axes(values, names, width);
  let path = "";
  let pen = "M";
  values.forEach((value, number) => {
    if (value === null) return (pen = "M");
    path += `${pen}${x(number).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  const dots = values.map(
    (value, number) =>
      value !== null && s("circle", { class: "chart__dot", cx: x(number), cy: y(value), r: 3 }),
  );
  return { height: HEIGHT, content: [content, s("path", { class: "chart__line", d: path }), dots] };
}

export function columns(values, names, width) {
  const { x, y, content, step } = axes(values, names, width);
  const wide = Math.max(2, step * 0.7);
  const rects = values.map(
    (value, number) =>
      value !== null &&
      s("rect", {
        ...{ class: "chart__bar", x: x(number) - wide / 2, y: y(value) },
        ...{ width: wide, height: y(0) - y(value) },
      }),
  );
  return { height: HEIGHT, content: [content, rects] };
}

// Lines at nothing, half and all, with their numbers; the first, middle and last day.
function axes(values, names, width) {
  const most = evenlyAbove(Math.max(1, ...values.filter((each) => each !== null)));
  const step = (width - SIDE) / names.length;
  const x = (number) => SIDE + step * (number + 0.5);
  const y = (value) => TOP + (HEIGHT - TOP - FOOT) * (1 - value / most);
  const lines = [0, most / 2, most].map((value) => [
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

// 2, 4, 6, 8, 10, 20, 40, ...: whole in its half, too
function evenlyAbove(value) {
  for (let ten = 1; ; ten *= 10) {
    for (const each of [2 * ten, 4 * ten, 6 * ten, 8 * ten, 10 * ten]) {
      if (each >= value) return each;
    }
  }
}
