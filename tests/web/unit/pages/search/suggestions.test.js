import assert from "node:assert/strict";
import { test } from "node:test";

import {
  helpfulSuggestions,
  withoutAFilter,
} from "../../../../../web/assets/pages/search/suggestions.js";

const texts = (query) =>
  withoutAFilter(new URLSearchParams(query)).map(({ text }) => text);

test("a plain search can include full homes", () => {
  assert.deepEqual(texts("near=EX2"), [
    "Include homes that are full or closed",
  ]);
  assert.deepEqual(texts("near=EX2&include_full=true"), []);
});

test("each filter that no near miss gives up can be left out", () => {
  const filters =
    "care_for=dementia&need=peg&max_age_hours=24&min_rating=Good&beds=2&include_full=true&suits=man";
  assert.deepEqual(texts(`near=EX2&radius_miles=100&${filters}`), [
    "Include beds whoever they are for",
    "Include bed counts older than a day",
    "Include homes rated below Good",
    "Search for 1 bed",
  ]);
});

/** Answer requests: these near misses, and so many homes where `isMatch` says so. */
function answering(misses, isMatch = () => false) {
  const paths = [];
  const get = async (path) => {
    paths.push(path);
    return path.startsWith("/vacancies/near-misses")
      ? { near_misses: misses }
      : { total: isMatch(path) ? 2 : 0, results: [] };
  };
  return { paths, get };
}

const MISS = {
  relaxed: "radius",
  radius_miles: 20,
  total: 1,
  nearest: { name: "Ash House", distance_miles: 12, free: {} },
};
const QUERY = new URLSearchParams("near=EX2&min_rating=Good&need=peg");

test("where homes were found one request asks for near misses", async () => {
  const { paths, get } = answering([MISS]);
  const found = await helpfulSuggestions(QUERY, { isEmpty: false, get });
  assert.deepEqual(
    found.map(({ text, more }) => `${text}: ${more}`),
    ["12 miles away: 1 more home. Nearest: Ash House"],
  );
  assert.equal(paths.length, 1);
});

test("where none was found filters that find homes can be left out", async () => {
  const { get } = answering([MISS], (path) => !path.includes("min_rating"));
  const found = await helpfulSuggestions(QUERY, { isEmpty: true, get });
  assert.deepEqual(found.map(({ text, more }) => `${text}: ${more}`).slice(1), [
    "Include homes rated below Good: 2 homes",
  ]);
});

test("where no one thing is to blame, every home is offered", async () => {
  const isEvery = (path) => path.includes("radius_miles=100");
  const { get } = answering([], isEvery);
  const [every, ...others] = await helpfulSuggestions(QUERY, {
    isEmpty: true,
    get,
  });
  assert.equal(every.text, "Show every home within 100 miles");
  assert.equal(every.query.has("need"), false);
  assert.deepEqual(others, []);
  const { get: never } = answering([]);
  assert.deepEqual(
    await helpfulSuggestions(QUERY, { isEmpty: true, get: never }),
    [],
  );
});

test("a request that fails is no answer", async () => {
  const get = async () => Promise.reject(new Error("no network"));
  await assert.rejects(
    helpfulSuggestions(QUERY, { isEmpty: true, get }),
    /no network/,
  );
});
