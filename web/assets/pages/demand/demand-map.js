// The districts on a map: each marker says how many of its rows no home near says yes to.

import L from "../../vendor/leaflet.js";
import { addTiles } from "../../components/map.js";
import { h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { byDistrict } from "./rows.js";

const CLOSEST_ZOOM = 12;

/**
 * Make the map. It has to be on the page before it is opened.
 * @param {MapConfig} tiles
 * @param {Api.Demand["districts"]} districts
 * @param {(district: string) => unknown} onSelect
 */
export function demandMap(tiles, districts, onSelect) {
  const canvas = h("div", { class: "map", role: "region", "aria-label": "Map of the districts" });
  const failure = h("p", { class: "map__failure" });
  const element = h("div", { class: "map__box demand__map" }, canvas, failure);
  /** @type {import("leaflet").Map} */
  let map;
  /** @type {import("leaflet").Marker[]} */
  let markers = [];

  function open() {
    map = L.map(canvas, {
      attributionControl: false,
      zoomAnimation: false,
      fadeAnimation: false,
      inertia: false,
      scrollWheelZoom: false,
      // One finger scrolls the page; two move the map.
      dragging: !window.matchMedia("(pointer: coarse)").matches,
      maxZoom: CLOSEST_ZOOM,
    });
    const points = districts.map(({ latitude, longitude }) => L.latLng(latitude, longitude));
    map.fitBounds(L.latLngBounds(points), { padding: [48, 48], maxZoom: CLOSEST_ZOOM });
    if (tiles.tiles_url) addTiles(L, map, tiles, showTileFailure);
    else showBackdrop();
  }

  function showTileFailure() {
    failure.textContent = "The map background did not load. You can still use the table.";
    showBackdrop();
  }

  // Only a decoration: where it does not load, the ground stays plain.
  function showBackdrop() {
    const opened = map;
    import("../../components/backdrop.js")
      .then(({ addBackdrop }) => addBackdrop(L, opened))
      .catch(() => {});
  }

  /**
   * Put a marker on each district that has rows.
   * @param {readonly Api.DemandRow[]} rows
   * @param {string} selected the district that the table shows; empty: all
   */
  function show(rows, selected) {
    markers.forEach((marker) => marker.remove());
    const counts = byDistrict(rows);
    markers = districts.flatMap((each) => {
      const { wanted, unmet } = counts.get(each.district) || { wanted: 0, unmet: 0 };
      return wanted ? [addMarker(each, wanted, unmet, each.district === selected)] : [];
    });
  }

  /**
   * @param {Api.Demand["districts"][number]} district
   * @param {number} wanted
   * @param {number} unmet
   * @param {boolean} isSelected
   */
  function addMarker({ district, latitude, longitude }, wanted, unmet, isSelected) {
    const classes = ["marker", unmet ? "" : "marker--full", isSelected ? "marker--selected" : ""];
    const icon = L.divIcon({
      className: classes.filter(Boolean).join(" "),
      html: h("span", null, unmet),
      iconSize: [44, 44],
    });
    const layer = L.marker([latitude, longitude], { icon, keyboard: true }).addTo(map);
    const label = `${district}: ${plural(wanted, "row")}, ${unmet} that no home near says yes to`;
    const markerElement = /** @type {HTMLElement} */ (layer.getElement());
    markerElement.setAttribute("aria-label", label);
    markerElement.title = label;
    const select = () => onSelect(district);
    layer.on("click", select);
    markerElement.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      select();
    });
    return layer;
  }

  return { element, open, show, remove: () => map.remove() };
}
