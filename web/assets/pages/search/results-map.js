// The results on a map: homes that are too near to tell apart share a marker.

import L from "../../vendor/leaflet.js";
import { addMarker, markedMap } from "../../components/marked-map.js";
import { plural } from "../../text/format.js";
import { freeBeds } from "./free-beds.js";
import { categoriesOf } from "./categories.js";
import { valueIn } from "./search-query.js";

const METRES_PER_MILE = 1609.344;
const APART_PX = 48; // nearer than a finger's width, homes share a marker
const CLOSEST_ZOOM = 17;
const FIRST_ZOOM = 14; // a single home is shown with what is around it

/**
 * @typedef {object} MapHome
 * @property {string} id
 * @property {string} name
 * @property {number} number
 * @property {boolean} isFull whether it has no bed that fits
 * @property {import("leaflet").LatLng} latLng
 *
 * @typedef {object} Marker
 * @property {MapHome[]} group the homes that share it
 * @property {import("leaflet").Marker} layer
 * @property {HTMLElement} element
 */

/**
 * Make the map of some results. It has to be on the page before it is opened.
 * @param {MapConfig} tiles
 * @param {object} options
 * @param {URLSearchParams} options.query
 * @param {Api.Place} options.near
 * @param {(id: string) => unknown} options.onSelect
 */
export function resultsMap(tiles, { query, near, onSelect }) {
  const { element, open: openMap } = markedMap({
    ...{ tiles, label: "Map of the results", instead: "list" },
    options: { maxZoom: CLOSEST_ZOOM, zoomSnap: 0.5 },
  });
  const centre = L.latLng(near.latitude, near.longitude);
  const categories = categoriesOf(query);
  /** @type {MapHome[]} */
  let homes = [];
  /** @type {Marker[]} */
  let markers = [];
  /** @type {string | null} */
  let selectedId = null;
  /** @type {import("leaflet").Map} */
  let map;

  function open() {
    map = openMap((opened) => opened.setView(centre, 11));
    L.control.scale({ metric: false }).addTo(map);
    const metres = Number(valueIn(query, "radius_miles")) * METRES_PER_MILE;
    L.circle(centre, { radius: metres, className: "map__circle", interactive: false }).addTo(map);
    L.circleMarker(centre, { radius: 6, className: "map__centre", interactive: false }).addTo(map);
    map.on("zoomend", draw);
  }

  /**
   * Show homes, and as much of the map as has all of them.
   * @param {readonly { home: Api.SearchResult, number: number }[]} entries
   */
  function show(entries) {
    homes = entries.map(({ home, number }) => ({
      id: home.location_id,
      name: home.name,
      number,
      isFull: !freeBeds(home, categories).fitting.length,
      latLng: L.latLng(home.latitude, home.longitude),
    }));
    const bounds = L.latLngBounds([centre, ...homes.map(({ latLng }) => latLng)]);
    map.fitBounds(bounds, { padding: [48, 48], maxZoom: FIRST_ZOOM });
    draw();
  }

  /** Draw the markers afresh: how many homes share one depends on the zoom. */
  function draw() {
    const focused = markers.find(({ element: each }) => each === document.activeElement);
    markers.forEach(({ layer }) => layer.remove());
    markers = groups().map(makeMarker);
    showSelected();
    const again = focused && markerOf(focused.group[0].id);
    if (again) again.element.focus({ preventScroll: true });
  }

  function groups() {
    /** @type {{ point: import("leaflet").Point, group: MapHome[] }[]} */
    const all = [];
    for (const home of homes) {
      const point = map.latLngToLayerPoint(home.latLng);
      const nearby = all.find((each) => each.point.distanceTo(point) < APART_PX);
      if (nearby) nearby.group.push(home);
      else all.push({ point, group: [home] });
    }
    return all.map(({ group }) => group);
  }

  /**
   * @param {MapHome[]} group
   * @returns {Marker}
   */
  function makeMarker(group) {
    const [first] = group;
    const text = group.length > 1 ? `${first.number}+` : String(first.number);
    // A marker of several homes selects the next of them each time.
    const selectNext = () => {
      const index = group.findIndex(({ id }) => id === selectedId);
      onSelect(group[(index + 1) % group.length].id);
    };
    const names = group.map(({ number, name }) => `${number}. ${name}`).join(", ");
    const label = group.length > 1 ? `${plural(group.length, "home")}: ${names}` : names;
    const className = `marker${group.every(({ isFull }) => isFull) ? " marker--full" : ""}`;
    const options = { className, text, label, onSelect: selectNext, riseOnHover: true };
    return { group, ...addMarker(map, first.latLng, options) };
  }

  /** @param {string} id */
  function select(id) {
    selectedId = id;
    const marker = markerOf(id);
    if (marker) map.panInside(marker.layer.getLatLng(), { padding: [48, 48], animate: false });
    showSelected();
  }

  function showSelected() {
    for (const { group, layer, element: marker } of markers) {
      const selected = group.find(({ id }) => id === selectedId);
      marker.classList.toggle("marker--selected", Boolean(selected));
      if (selected) marker.setAttribute("aria-current", "true");
      else marker.removeAttribute("aria-current");
      layer.setZIndexOffset(selected ? 1000 : 0);
      const [text] = marker.children;
      if (group.length > 1) text.textContent = `${(selected || group[0]).number}+`;
    }
  }

  /** @param {string} id */
  function markerOf(id) {
    return markers.find(({ group }) => group.some((each) => each.id === id));
  }

  return { element, open, show, select, remove: () => map.remove() };
}
