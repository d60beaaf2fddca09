// The results on a map. Without tiles, or where they fail, the homes stand on a plain background.

import L from "../../vendor/leaflet.js";
import { h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { fitting } from "./result.js";
import { categories, value } from "./search-query.js";

const METRES_PER_MILE = 1609.344;
const APART_PX = 48; // nearer than a finger's width, homes share a marker
const CLOSEST_ZOOM = 17;
const FIRST_ZOOM = 14; // a single home is shown with what is around it

export function mapOf(tiles, { answer, asked, onSelect }) {
  const element = h("div", { class: "map", role: "region", "aria-label": "Map of the results" });
  const failure = h("p", { class: "map__failure" });
  const box = h("div", { class: "map__box" }, element, failure);
  const centre = [answer.near.latitude, answer.near.longitude];
  let homes = [];
  let markers = [];
  let selectedId = null;
  let map;

  return { element: box, open, add, select, remove: () => map.remove() };

  // Once it is in the page: only then has it a size.
  function open() {
    map = L.map(element, {
      attributionControl: false,
      zoomAnimation: false,
      fadeAnimation: false,
      inertia: false,
      scrollWheelZoom: false,
      // One finger scrolls the page; two move the map.
      dragging: !window.matchMedia("(pointer: coarse)").matches,
      maxZoom: CLOSEST_ZOOM,
      zoomSnap: 0.5,
    }).setView(centre, 11);
    if (tiles && tiles.tiles_url) addTiles();
    L.control.scale({ metric: false }).addTo(map);
    const metres = Number(value(asked, "radius_miles")) * METRES_PER_MILE;
    L.circle(centre, { radius: metres, className: "map__circle", interactive: false }).addTo(map);
    L.circleMarker(centre, { radius: 6, className: "map__centre", interactive: false }).addTo(map);
    map.on("zoomend", draw);
  }

  function addTiles() {
    const layer = L.tileLayer(tiles.tiles_url, { maxZoom: CLOSEST_ZOOM });
    layer.once("tileerror", () => {
      failure.textContent = "The map's background did not come. Everything else works.";
    });
    layer.addTo(map);
    if (tiles.attribution) {
      box.append(h("p", { class: "map__attribution" }, tiles.attribution));
    }
  }

  // `all`: {home, number} of every result so far.
  function add(all) {
    homes = all.map(({ home, number }) => ({
      id: home.location_id,
      name: home.name,
      number,
      isFull: !fitting(home, categories(asked)).length,
      latLng: L.latLng(home.latitude, home.longitude),
    }));
    const bounds = L.latLngBounds([centre, ...homes.map(({ latLng }) => latLng)]);
    map.fitBounds(bounds, { padding: [48, 48], maxZoom: FIRST_ZOOM });
    draw();
  }

  function draw() {
    const focused = markers.find(({ element: each }) => each === document.activeElement);
    markers.forEach(({ layer }) => layer.remove());
    markers = groups().map(marker);
    mark();
    const again = focused && markerOf(focused.group[0].id);
    if (again) again.element.focus({ preventScroll: true });
  }

  function groups() {
    const found = [];
    for (const home of homes) {
      const point = map.latLngToLayerPoint(home.latLng);
      const group = found.find((each) => each.point.distanceTo(point) < APART_PX);
      if (group) group.homes.push(home);
      else found.push({ point, homes: [home] });
    }
    return found.map((each) => each.homes);
  }

  function marker(group) {
    const [first] = group;
    const shown = group.length > 1 ? `${first.number}+` : String(first.number);
    const icon = L.divIcon({
      className: `marker${group.every(({ isFull }) => isFull) ? " marker--full" : ""}`,
      html: h("span", null, shown),
      iconSize: [44, 44],
    });
    const layer = L.marker(first.latLng, { icon, keyboard: true, riseOnHover: true }).addTo(map);
    const made = layer.getElement();
    // A marker that stands for several shows the next of them each time.
    const choose = () => {
      const at = group.findIndex(({ id }) => id === selectedId);
      onSelect(group[(at + 1) % group.length].id);
    };
    layer.on("click", choose);
    made.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    });
    const named = group.map(({ number, name }) => `${number}. ${name}`).join(", ");
    const label = group.length > 1 ? `${plural(group.length, "home")}: ${named}` : named;
    made.setAttribute("aria-label", label);
    made.title = label;
    return { group, layer, element: made };
  }

  function select(id) {
    selectedId = id;
    const found = markerOf(id);
    if (found) map.panInside(found.layer.getLatLng(), { padding: [48, 48], animate: false });
    mark();
  }

  function mark() {
    for (const { group, layer, element: each } of markers) {
      const chosen = group.find(({ id }) => id === selectedId);
      each.classList.toggle("marker--selected", Boolean(chosen));
      if (chosen) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
      layer.setZIndexOffset(chosen ? 1000 : 0);
      if (group.length > 1) {
        each.firstChild.textContent = `${(chosen || group[0]).number}+`;
      }
    }
  }

  function markerOf(id) {
    return markers.find(({ group }) => group.some((each) => each.id === id));
  }
}
