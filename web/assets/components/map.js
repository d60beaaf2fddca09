// A small map of one place, where the council has configured tiles.

import { config } from "../core/config.js";
import { h } from "../core/dom.js";

const ZOOM = 14;

/**
 * Make a map of a place. It stays hidden without tiles or without Leaflet: the address is enough.
 * @param {{ latitude: number, longitude: number }} point
 */
export function smallMap(point) {
  const place = h("div", { hidden: true, role: "region", "aria-label": "Map" });
  draw(place, point).catch(() => (place.hidden = true));
  return place;
}

/**
 * @param {HTMLElement} place
 * @param {{ latitude: number, longitude: number }} point
 */
async function draw(place, { latitude, longitude }) {
  const { tiles_url, attribution } = (await config()).map;
  if (!tiles_url) return;
  // Loaded only where it is needed.
  const L = (await import("../vendor/leaflet.js")).default;
  place.hidden = false;
  place.classList.add("small-map");
  // The finger that scrolls the page must not be caught by the map.
  const map = L.map(place, { dragging: false, scrollWheelZoom: false, keyboard: false });
  map.attributionControl.setPrefix(false);
  map.setView([latitude, longitude], ZOOM);
  L.tileLayer(tiles_url, { attribution, maxZoom: 18 }).addTo(map);
  L.circleMarker([latitude, longitude], { radius: 12, interactive: false }).addTo(map);
}
