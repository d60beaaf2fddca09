import assert from "node:assert/strict";
import { test } from "node:test";

import {
  helpfulSuggestions,
  suggestionsFor,
} from "../../../../../web/assets/pages/search/suggestions.js";

const texts = (query) =>
  suggestionsFor(new URLSearchParams(query)).map(({ text }) => text);

test("a plain search can look farther away or include full homes", () => {
  assert.deepEqual(texts("near=EX2"), [
    "Search within 15 miles",
    "Search within 25 miles",
    "Search within 50 miles",
    "Include homes that are full or closed",
  ]);
});

test("nothing looks farther away than 100 miles", () => {
  assert.deepEqual(texts("near=EX2&radius_miles=100&include_full=true"), []);
});

test("each filter can be left out", () => {
  const filters =
    "need=dementia&care=nursing&max_age_hours=24&min_rating=Good&beds=2&include_full=true";
  assert.deepEqual(texts(`near=EX2&radius_miles=100&${filters}`), [
    "Include all kinds of bed",
    "Include care with or without a nurse",
    "Include bed counts older than a day",
    "Include homes rated below Good",
    "Search for 1 bed",
  ]);
});

test("features can be left out one by one or all together", () => {
  const query =
    "near=EX2&radius_miles=100&include_full=true&feature=pets&feature=oxygen";
  const suggestions = suggestionsFor(new URLSearchParams(query));
  assert.deepEqual(
    suggestions.map(({ text, query: other }) => [
      text,
      other.getAll("feature"),
    ]),
    [
      ["Search without “Pets welcome” and “Oxygen”", []],
      ["Search without “Pets welcome”", ["oxygen"]],
      ["Search without “Oxygen”", ["pets"]],
    ],
  );
});

test("no more than eight searches are tried", () => {
  const query =
    "near=EX2&need=dementia&care=nursing&min_rating=Good&beds=2&feature=pets";
  assert.equal(texts(`${query}&feature=oxygen&feature=couples`).length, 8);
});

test("of the searches that find homes, only the nearest of those farther away is shown", async () => {
  const tried = [];
  const countHomes = async (query) => {
    const radius = Number(query.get("radius_miles") || 10);
    tried.push(radius);
    return radius > 15 || query.has("include_full") ? 2 : 0;
  };
  const query = new URLSearchParams("near=EX2&min_rating=Good");
  const suggestions = await helpfulSuggestions(query, countHomes);
  assert.deepEqual(
    suggestions.map(({ text, total }) => [text, total]),
    [
      ["Search within 25 miles", 2],
      ["Include homes that are full or closed", 2],
    ],
  );
  assert.deepEqual(tried, [15, 25, 10, 10]);
});
