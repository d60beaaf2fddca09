// What a map without tiles shows behind the homes: dots where people live, and outward codes. The
// site has it itself, in small files that layer/backdrop.py writes.

import { h } from "../core/dom.js";
import { areasIn, readFile, withoutOverlap } from "./backdrop-file.js";

/** @typedef {typeof import("leaflet")} Leaflet */
/** @typedef {import("leaflet").Map} LeafletMap */

/** @typedef {import("./backdrop-file.js").BackdropIndex} Index */
/** @typedef {import("./backdrop-file.js").LoadedFile} LoadedFile */
/** @typedef {import("./backdrop-file.js").Label} Label */

const UNITS_PER_DEGREE = 100000;
const TILE_PX = 256; // width of the whole world at zoom 0

const OVERVIEW = "overview";
const NEAR_ZOOM = 8; // from here on, areas and their outward codes instead of the overview

const FULL = 18 / (250 * 400); // postcodes in a square unit where the dots touch: a dense town
const APART_PX = 4; // nearer than this, dots are merged
const SMALLEST_PX = 0.7;
const LARGEST_PX = 5;
const ROUND_FROM_PX = 1.5; // nobody sees that smaller ones are squares, which are drawn faster
const EVENNESS = 0.35; // below 0.5, where a dot's area is the count: villages are seen beside towns
const FONT_PX = 13;
const LABEL_GAP_PX = 18;
const MARGIN = 0.25; // of the map's size, drawn on each side for when it is dragged

/**
 * Draw the backdrop under the homes, and follow the map. Where a file does not load, the map is as
 * it would be without. Somebody who saves data gets none.
 * @param {Leaflet} L
 * @param {LeafletMap} map
 */
export async function addBackdrop(L, map) {
  if (savesData()) return;
  const isShown = () => map.getContainer().isConnected;
  const index = /** @type {Index} */ (await load("index"));
  if (!isShown()) return;
  const canvas = h("canvas", { class: "map__backdrop", "aria-hidden": "true" });
  map.createPane("backdrop").append(canvas);
  map.getContainer().after(attributionOf(index));
  /** @type {Map<string, LoadedFile>} */
  const files = new Map();
  /** @type {Set<string>} */
  const loading = new Set();
  let isDue = false;

  function follow() {
    loadMissing();
    if (!isDue) requestAnimationFrame(drawLoaded);
    isDue = true;
  }

  function drawLoaded() {
    isDue = false;
    if (!isShown()) return;
    const loaded = visible().flatMap((name) => files.get(name) || []);
    draw(L, map, canvas, index, loaded);
  }

  function visible() {
    return map.getZoom() < NEAR_ZOOM ? [OVERVIEW] : areasIn(index, boxOf(map));
  }

  function loadMissing() {
    for (const name of visible()) {
      if (files.has(name) || loading.has(name)) continue;
      loading.add(name);
      load(name)
        .then((file) => files.set(name, readFile(file)))
        .then(() => isShown() && follow())
        .catch(() => {}) // the next move of the map tries again
        .then(() => loading.delete(name));
    }
  }

  map.on("zoom moveend resize", follow);
  follow();
}

function savesData() {
  const connection = /** @type {any} */ (navigator).connection;
  const isReduced = window.matchMedia("(prefers-reduced-data: reduce)").matches;
  return isReduced || Boolean(connection && connection.saveData);
}

/** @param {string} name */
async function load(name) {
  const response = await fetch(new URL(`../backdrop/${name}.json`, import.meta.url).href);
  if (!response.ok) throw new Error(`${name} of the backdrop: ${response.status}`);
  return response.json();
}

/** @param {Index} index */
function attributionOf({ attribution, licence }) {
  return h(
    "p",
    { class: "map-attribution" },
    `Dots show where postcodes are. ${attribution} `,
    h("a", { href: licence }, "Read the licence"),
  );
}

/**
 * Return a box with the map and its margin.
 * @param {LeafletMap} map
 * @returns {import("./backdrop-file.js").Box}
 */
function boxOf(map) {
  const bounds = map.getBounds().pad(MARGIN);
  return {
    south: bounds.getSouth(),
    west: bounds.getWest(),
    north: bounds.getNorth(),
    east: bounds.getEast(),
  };
}

/**
 * @param {Leaflet} L
 * @param {LeafletMap} map
 * @param {HTMLCanvasElement} canvas
 * @param {Index} index
 * @param {readonly LoadedFile[]} files
 */
function draw(L, map, canvas, index, files) {
  const size = map.getSize();
  const margin = size.multiplyBy(MARGIN).round();
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [size.x + 2 * margin.x, size.y + 2 * margin.y];
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(margin.multiplyBy(-1)));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  // A canvas has the colours of the style sheet, also where the system forces its own.
  const { color, outlineColor, fontFamily } = getComputedStyle(canvas);
  const ground = getComputedStyle(map.getContainer()).backgroundColor;
  pen.setTransform(ratio, 0, 0, ratio, margin.x * ratio, margin.y * ratio);
  pen.fillStyle = outlineColor;
  for (const file of files) drawDots(map, pen, file);
  pen.font = `600 ${FONT_PX}px ${fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = ground;
  pen.fillStyle = color;
  const labels = map.getZoom() < NEAR_ZOOM ? areaLabels(index) : districtLabels(files);
  for (const { text, x, y } of place(map, pen, labels)) {
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
}

/**
 * Draw a dot in each cell; its size grows with the number of postcodes.
 * @param {LeafletMap} map
 * @param {CanvasRenderingContext2D} pen
 * @param {LoadedFile} file
 */
function drawDots(map, pen, { cell: [cellHeight, cellWidth], merged }) {
  const degree = (TILE_PX * 2 ** map.getZoom()) / 360;
  let by = 1;
  while ((by * cellWidth * degree) / UNITS_PER_DEGREE < APART_PX) by *= 2;
  const [height, width] = [
    (by * cellHeight) / UNITS_PER_DEGREE,
    (by * cellWidth) / UNITS_PER_DEGREE,
  ];
  const full = FULL * cellHeight * cellWidth * by * by;
  const { south, west, north, east } = boxOf(map);
  for (const { row, columns, counts } of merged(by)) {
    const latitude = (row + 0.5) * height;
    if (latitude < south || latitude > north) continue;
    const { x: left, y } = map.latLngToContainerPoint([latitude, west]);
    columns.forEach((column, at) => {
      const longitude = (column + 0.5) * width;
      if (longitude < west || longitude > east) return;
      const radius = ((width * degree) / 2) * (counts[at] / full) ** EVENNESS;
      const shown = Math.min(LARGEST_PX, Math.max(SMALLEST_PX, radius));
      drawDot(pen, left + (longitude - west) * degree, y, shown);
    });
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function drawDot(pen, x, y, radius) {
  if (radius < ROUND_FROM_PX) {
    pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  } else {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  }
}

/**
 * Place the labels that have room at this zoom, also outside the map: dragging it changes few.
 * @param {LeafletMap} map
 * @param {CanvasRenderingContext2D} pen
 * @param {readonly Label[]} labels the most important first
 */
function place(map, pen, labels) {
  const placed = labels.map(({ name, latitude, longitude }) => {
    const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
    return { text: name, x, y, width: pen.measureText(name).width, height: FONT_PX };
  });
  return withoutOverlap(placed, LABEL_GAP_PX);
}

/**
 * @param {Index} index
 * @returns {Label[]}
 */
function areaLabels({ areas }) {
  return Object.entries(areas).map(([name, [, , , , latitude, longitude]]) => ({
    name,
    latitude,
    longitude,
  }));
}

/**
 * Return the labels of all areas, those with the most postcodes of each area first.
 * @param {readonly LoadedFile[]} files
 */
function districtLabels(files) {
  return files
    .flatMap(({ labels }) => labels.map((label, rank) => ({ ...label, rank })))
    .sort((one, other) => one.rank - other.rank);
}
