// A small map of where the home is, where the council has configured tiles.

import { config } from "../core/config.js";
import { h } from "../core/dom.js";

const ZOOM = 14;

// Stays away where there are no tiles, or Leaflet cannot be had: the address says it too.
export function smallMap(home) {
  const place = h("div", { hidden: true, role: "region", "aria-label": "Map" });
  show(place, home).catch(() => (place.hidden = true));
  return place;
}

async function show(place, { latitude, longitude }) {
  const { tiles_url, attribution } = (await config()).map;
  if (!tiles_url) return;
  // Fetched only where it is needed.
  const L = (await import("../vendor/leaflet.js")).default;
  place.hidden = false;
  place.classList.add("small-map");
  // It shall not catch the finger that scrolls the page.
  const map = L.map(place, { dragging: false, scrollWheelZoom: false, keyboard: false });
  map.attributionControl.setPrefix(false);
  map.setView([latitude, longitude], ZOOM);
  L.tileLayer(tiles_url, { attribution, maxZoom: 18 }).addTo(map);
  L.circleMarker([latitude, longitude], { radius: 12, interactive: false }).addTo(map);
}
