// A drawing that is made anew for every width, so that its words stay readable.

import { fill, h, s } from "../../core/dom.js";

/** @typedef {{ height: number, content: Children }} Drawn */

/**
 * Make a drawing, and `redraw` for when its figures change.
 * @param {string} name what there is to see, in words
 * @param {(width: number) => Drawn} draw
 */
export function drawing(name, draw) {
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
