// A map for markers that lead to what stands beside it. Without tiles, or where they fail, the markers
// stand on the site's own backdrop.

import L from "../vendor/leaflet.js";
import { h } from "../core/dom.js";
import { addTiles } from "./map.js";

/**
 * @typedef {object} MarkedMapOptions
 * @property {MapConfig} tiles
 * @property {string} label of the map, to those who do not see it
 * @property {string} instead what shows the same where tiles do not load: "list"
 * @property {string} [className]
 * @property {import("leaflet").MapOptions} options others than those of every such map
 */

/**
 * Make the map. It has to be on the page before it is opened.
 * @param {MarkedMapOptions} options
 */
export function markedMap({ tiles, label, instead, className = "", options }) {
  const canvas = h("div", { class: "map", role: "region", "aria-label": label });
  const failure = h("p", { class: "map__failure" });
  const element = h("div", { class: `map__box ${className}`.trim() }, canvas, failure);

  /** @param {(map: import("leaflet").Map) => unknown} look moves it to what it is to show first */
  function open(look) {
    const map = L.map(canvas, {
      attributionControl: false,
      zoomAnimation: false,
      fadeAnimation: false,
      inertia: false,
      scrollWheelZoom: false,
      // One finger scrolls the page; two move the map.
      dragging: !window.matchMedia("(pointer: coarse)").matches,
      ...options,
    });
    look(map);
    if (!tiles.tiles_url) showBackdrop(map);
    else {
      addTiles(L, map, tiles, () => {
        failure.textContent = `The map background did not load. You can still use the ${instead}.`;
        showBackdrop(map);
      });
    }
    return map;
  }

  return { element, open };
}

/**
 * Draw the backdrop. It is only a decoration: where it does not load, the ground stays plain.
 * @param {import("leaflet").Map} map
 */
function showBackdrop(map) {
  import("./backdrop.js").then(({ addBackdrop }) => addBackdrop(L, map)).catch(() => {});
}

/**
 * Put a marker on a map; a click, Enter or the space bar selects it.
 * @param {import("leaflet").Map} map
 * @param {import("leaflet").LatLngExpression} point
 * @param {{ className: string, text: string | number, label: string, onSelect: () => unknown }
 *   & import("leaflet").MarkerOptions} options
 */
export function addMarker(map, point, { className, text, label, onSelect, ...others }) {
  const icon = L.divIcon({ className, html: h("span", null, text), iconSize: [44, 44] });
  const layer = L.marker(point, { icon, keyboard: true, ...others }).addTo(map);
  const element = /** @type {HTMLElement} */ (layer.getElement());
  element.setAttribute("aria-label", label);
  element.title = label;
  layer.on("click", onSelect);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onSelect();
  });
  return { layer, element };
}
