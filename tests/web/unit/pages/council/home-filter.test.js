import assert from "node:assert/strict";
import { test } from "node:test";

import * as filter from "../../../../../web/assets/pages/council/home-filter.js";

const home = (name, other) => ({
  location_id: "1-9000000001",
  name,
  local_authority: "Devon",
  postcode: "EX2 5DW",
  admission_status: { status: "open" },
  confirmed_at: "2026-11-22T02:14:00Z",
  freshness: "fresh",
  capacity: { general_nursing: 10 },
  free: {},
  ...other,
});
const homes = [
  home("Ash", { freshness: "stale", confirmed_at: "2026-11-01T00:00:00Z" }),
  home("birch 2", { free: { general_nursing: 2 } }),
  home("Birch 10", {
    freshness: "never",
    confirmed_at: undefined,
    postcode: "EX4 1AA",
  }),
];
const names = (search) =>
  filter.chosen(homes, filter.wantedOf(search)).map(({ name }) => name);

test("who has waited longest is first", () => {
  assert.deepEqual(names(""), ["Birch 10", "Ash", "birch 2"]);
});

test("names are sorted as people sort them", () => {
  assert.deepEqual(names("?sort=name"), ["Ash", "birch 2", "Birch 10"]);
  assert.deepEqual(names("?sort=-name"), ["Birch 10", "birch 2", "Ash"]);
});

test("every word has to be somewhere in the name or place", () => {
  assert.deepEqual(names("?q=birch+ex25dw"), ["birch 2"]);
  assert.deepEqual(names("?q=birch+elm"), []);
});

test("homes that are not up to date are all but the fresh", () => {
  assert.deepEqual(names("?freshness=due"), ["Birch 10", "Ash"]);
});

test("an address holds what is not usual, and is read back", () => {
  const wanted = filter.wantedOf("?q=ash&sort=-free");
  assert.equal(filter.hrefOf(wanted), "/council.html?q=ash&sort=-free");
  assert.equal(filter.hrefOf(filter.wantedOf("")), "/council.html");
  assert.equal(filter.wantedOf("?sort=nonsense").sort, "confirmed");
});
