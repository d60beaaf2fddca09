import assert from "node:assert/strict";
import { test } from "node:test";

import {
  helpfulSuggestions,
  suggestionsFor,
} from "../../../../../web/assets/pages/search/suggestions.js";

const texts = (query) =>
  suggestionsFor(new URLSearchParams(query)).map(({ text }) => text);

test("a plain search can include full homes", () => {
  assert.deepEqual(texts("near=EX2"), [
    "Include homes that are full or closed",
  ]);
  assert.deepEqual(texts("near=EX2&include_full=true"), []);
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

/** Search homes that fit only where `isMatch` says so, each so many miles away. */
function searching(miles, isMatch = () => true) {
  const searched = [];
  const searchHomes = async (query) => {
    const radius = Number(query.get("radius_miles") || 10);
    searched.push(radius);
    const near = isMatch(query) ? miles.filter((each) => each <= radius) : [];
    const results = near.map((each) => ({
      name: `House ${each}`,
      distance_miles: each,
    }));
    return { total: near.length, results: results.slice(0, 1) };
  };
  return { searched, searchHomes };
}

const found = ({ suggestions }) =>
  suggestions.map(({ text, total }) => [text, total]);

test("a search is widened until something is found, in two requests", async () => {
  const { searched, searchHomes } = searching([31, 49]);
  const query = new URLSearchParams(
    "near=EX2&radius_miles=2&include_full=true",
  );
  const helpful = await helpfulSuggestions(query, searchHomes);
  assert.equal(helpful.nearest.name, "House 31");
  assert.deepEqual(found(helpful), [["Search within 50 miles", 2]]);
  assert.deepEqual(searched, [100, 50]);
});

test("a distance that was rounded down is widened once more", async () => {
  const query = new URLSearchParams(
    "near=EX2&radius_miles=2&include_full=true",
  );
  const searchHomes = async (other) => {
    const radius = Number(other.get("radius_miles") || 10);
    const total = radius > 5 ? 1 : 0;
    return { total, results: [{ name: "Edge House", distance_miles: 5 }] };
  };
  assert.deepEqual(found(await helpfulSuggestions(query, searchHomes)), [
    ["Search within 10 miles", 1],
  ]);
});

test("where nothing fits at any distance, filters are left out farther away too", async () => {
  const { searchHomes } = searching([40], (query) => !query.has("min_rating"));
  const query = new URLSearchParams(
    "near=EX2&min_rating=Good&include_full=true",
  );
  const helpful = await helpfulSuggestions(query, searchHomes);
  assert.equal(helpful.nearest, null);
  assert.deepEqual(found(helpful), [
    ["Include homes rated below Good, within 50 miles", 1],
  ]);
});

test("where no one filter is to blame, every home is offered", async () => {
  const { searchHomes } = searching(
    [40],
    (query) => !query.has("min_rating") && !query.has("feature"),
  );
  const query = new URLSearchParams("near=EX2&min_rating=Good&feature=pets");
  assert.deepEqual(found(await helpfulSuggestions(query, searchHomes)), [
    ["Show every home within 100 miles", 1],
  ]);
});

test("where there are no homes at all, nothing is suggested", async () => {
  const { searchHomes } = searching([]);
  const query = new URLSearchParams("near=EX2&min_rating=Good");
  assert.deepEqual(await helpfulSuggestions(query, searchHomes), {
    nearest: null,
    suggestions: [],
  });
});

test("a search that fails is no answer", async () => {
  const searchHomes = async () => Promise.reject(new Error("no network"));
  const query = new URLSearchParams("near=EX2");
  await assert.rejects(helpfulSuggestions(query, searchHomes), /no network/);
});
