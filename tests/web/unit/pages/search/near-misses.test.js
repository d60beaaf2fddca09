import assert from "node:assert/strict";
import { test } from "node:test";

import { nearMissInWords } from "../../../../../web/assets/pages/search/near-misses.js";
import { searchQuery } from "../../../../../web/assets/pages/search/search-query.js";

const query = searchQuery(
  new URLSearchParams(
    "near=EX2&care_for=dementia&care=nursing&need=peg&need=ground_floor&funding=council_rate" +
      "&admit_by=2026-11-27T16:00",
  ),
);
const nearest = {
  name: "Larkrise House",
  distance_miles: 9.2,
  fit: "yes",
  free: { general_nursing: 1 },
  available_from: {
    general_nursing: "2026-11-25",
    dementia_nursing: "2026-12-04",
  },
};
const write = (miss) => nearMissInWords(query, { nearest, ...miss });

test("a home farther away is told by its distance", () => {
  const {
    text,
    more,
    query: other,
  } = write({
    relaxed: "radius",
    radius_miles: 20,
    total: 3,
  });
  assert.equal(text, "9.2 miles away, says yes to all");
  assert.equal(more, "3 more homes. Nearest: Larkrise House");
  assert.equal(other.get("radius_miles"), "20");
});

test("a need, who pays or the time is given up by name", () => {
  const without = (requirement) =>
    write({ relaxed: "requirement", requirement, total: 1 });
  const floor = without("ground_floor");
  assert.equal(floor.text, "Without ground floor");
  assert.equal(floor.more, "1 more home. Nearest: Larkrise House, 9.2 miles");
  assert.deepEqual(floor.query.getAll("need"), ["peg"]);
  assert.equal(without("council_rate").text, "Without the council's rate");
  assert.equal(without("council_rate").query.get("funding"), null);
  assert.equal(without("admit_by").text, "At a later time");
  assert.equal(without("admit_by").query.get("admit_by"), null);
});

test("another kind of bed is named", () => {
  const { text, query: other } = write({ relaxed: "category", total: 1 });
  assert.equal(text, "Another kind of bed: General nursing");
  assert.equal(other.has("care_for") || other.has("care"), false);
});

test("a later bed has the day on which a bed that fits is announced", () => {
  const { text, query: other } = write({
    relaxed: "date",
    available_by: "2026-12-11",
    total: 1,
  });
  assert.equal(text, "A bed from Friday 4 December");
  assert.equal(other.get("available_by"), "2026-12-11");
});

test("a home that has to be asked is said to be so", () => {
  const { text } = write({
    relaxed: "radius",
    radius_miles: 20,
    total: 1,
    nearest: { ...nearest, fit: "ask" },
  });
  assert.equal(text, "9.2 miles away, to ask first");
});
