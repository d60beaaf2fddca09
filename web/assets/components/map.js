// A map, on the council's tiles where it has configured some.

import { config } from "../core/config.js";
import { h } from "../core/dom.js";

/** @typedef {typeof import("leaflet")} Leaflet */

const CLOSEST_ZOOM = 17;
const PLACE_ZOOM = 14;

/** Load Leaflet, only where there is a map. */
export async function loadLeaflet() {
  return (await import("../vendor/leaflet.js")).default;
}

/**
 * Put the tiles on a map, and below it who made them.
 * @param {Leaflet} L
 * @param {import("leaflet").Map} map
 * @param {MapConfig} config
 * @param {() => unknown} [onFailure] called the first time that a tile does not load
 */
export function addTiles(L, map, { tiles_url, attribution }, onFailure) {
  const layer = L.tileLayer(tiles_url, { maxZoom: CLOSEST_ZOOM });
  if (onFailure) layer.once("tileerror", onFailure);
  layer.addTo(map);
  // Leaflet's own control would take it as markup.
  if (attribution) map.getContainer().after(h("p", { class: "map-attribution" }, attribution));
}

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
  const tiles = (await config()).map;
  if (!tiles.tiles_url) return;
  const L = await loadLeaflet();
  const box = h("div", { class: "small-map" });
  place.hidden = false;
  place.append(box);
  const map = L.map(box, {
    attributionControl: false,
    // The finger that scrolls the page must not be caught by the map.
    dragging: false,
    scrollWheelZoom: false,
    keyboard: false,
    maxZoom: CLOSEST_ZOOM,
  });
  map.setView([latitude, longitude], PLACE_ZOOM);
  addTiles(L, map, tiles);
  L.circleMarker([latitude, longitude], { radius: 12, interactive: false }).addTo(map);
}
