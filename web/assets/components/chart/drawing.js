// A drawing that is done anew for every width, so that its words stay readable.

import { fill, h, s } from "../../core/dom.js";

// `draw(width)` returns {height, content}; the name says in words what is to be seen.
export function drawing(name, draw) {
  const svg = s("svg", { role: "img", class: "chart", "aria-label": name });
  const element = h("div", { class: "chart-place" }, svg);
  let width = 0;
  const again = () => {
    if (!width) return;
    const { height, content } = draw(width);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    fill(svg, content);
  };
  new ResizeObserver(([{ contentRect }]) => {
    const found = Math.floor(contentRect.width);
    if (found === width) return;
    width = found;
    again();
  }).observe(element);
  return {
    element,
    again(words) {
      svg.setAttribute("aria-label", words);
      again();
    },
  };
}
