import assert from "node:assert/strict";
import { test } from "node:test";

import {
  areasIn,
  mergeCells,
  readCells,
  withoutOverlap,
} from "../../../../web/assets/components/backdrop-file.js";

const COUNTS = [1, 5, 18];

test("cells are read as the build writes them", () => {
  // tests/layer/test_backdrop.py writes this file.
  const file = { first: [20000, -900], counts: COUNTS, cells: "#$%~#  ~~&" };
  assert.deepEqual(readCells(file), [
    { row: 20000, columns: [-900, -899, -898, -867], counts: [1, 5, 18, 1] },
    { row: 20002, columns: [-839], counts: [1] },
  ]);
});

test("merged cells keep the number of postcodes", () => {
  const rows = [
    { row: -1, columns: [-3, -2, 5], counts: [1, 5, 18] },
    { row: 0, columns: [-1, 4], counts: [1, 5] },
    { row: 1, columns: [-2], counts: [18] },
  ];
  assert.deepEqual(mergeCells(rows, 2), [
    { row: -1, columns: [-2, -1, 2], counts: [1, 5, 18] },
    { row: 0, columns: [-1, 2], counts: [19, 5] },
  ]);
  assert.deepEqual(mergeCells(rows, 1), rows);
});

test("an area is shown where any part of it is on the map", () => {
  const areas = {
    EX: [50.5, -4.5, 51.3, -2.9, 50.7, -3.5],
    TQ: [50.2, -4, 50.7, -3.4, 50.4, -3.5],
  };
  const box = (south, west, north, east) =>
    areasIn({ areas }, { south, west, north, east });
  assert.deepEqual(box(50.6, -3.6, 50.65, -3.5), ["EX", "TQ"]);
  assert.deepEqual(box(50, -5, 52, -2), ["EX", "TQ"]);
  assert.deepEqual(box(51, -3, 52, -2), ["EX"]);
  assert.deepEqual(box(52, -3, 53, -2), []);
  assert.deepEqual(box(50.6, -2, 50.65, -1), []);
});

test("of labels that are too near to each other the first is kept", () => {
  const label = (text, x, y) => ({ text, x, y, width: 30, height: 13 });
  const kept = (...labels) =>
    withoutOverlap(labels, 10).map(({ text }) => text);
  assert.deepEqual(kept(label("EX4", 0, 0), label("EX2", 39, 22)), ["EX4"]);
  assert.deepEqual(kept(label("EX4", 0, 0), label("EX2", 40, 0)), [
    "EX4",
    "EX2",
  ]);
  assert.deepEqual(kept(label("EX4", 0, 0), label("EX2", 0, 23)), [
    "EX4",
    "EX2",
  ]);
  // EX1 is too near only to EX2, which is not there itself.
  assert.deepEqual(
    kept(label("EX4", 0, 0), label("EX2", 30, 0), label("EX1", 60, 0)),
    ["EX4", "EX1"],
  );
});
