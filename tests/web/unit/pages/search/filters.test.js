import assert from "node:assert/strict";
import { test } from "node:test";

import {
  filtersOf,
  momentInWords,
  placeInWords,
  whereInWords,
} from "../../../../../web/assets/pages/search/filters.js";
import { searchQuery } from "../../../../../web/assets/pages/search/search-query.js";

const queryOf = (text) => searchQuery(new URLSearchParams(text));

test("every filter has its words and the search without it", () => {
  const query = queryOf(
    "near=EX2&radius_miles=1&care_for=dementia&care=nursing&need=peg&need=hoist&would_like=pet" +
      "&funding=council_rate&admit_by=2026-11-27T16:00&beds=2&min_rating=Good&max_age_hours=72" +
      "&available_by=2026-12-01&include_full=true&suits=woman",
  );
  const filters = filtersOf(query);
  assert.deepEqual(
    filters.map(({ text }) => text),
    [
      "Dementia",
      "Nursing",
      "PEG feeding",
      "Hoist",
      "Would like: pet",
      "The council's rate",
      "Admitted by 4pm on Friday 27 November",
      "Rated Good or better",
      "Confirmed in the last 3 days",
      "Free by 1 December 2026",
      "Bed for a woman",
      "2 beds or more",
      "Including full and closed homes",
    ],
  );
  for (const { query: other } of filters)
    assert.equal([...other].length, [...query].length - 1);
  assert.deepEqual(filters[2].query.getAll("need"), ["hoist"]);
  assert.deepEqual(filtersOf(queryOf("near=EX2&sort=distance")), []);
});

test("where is the distance and the place", () => {
  assert.equal(
    whereInWords(queryOf("near=ex25dw"), "EX2 5DW"),
    "Within 10 miles of EX2 5DW",
  );
  assert.equal(
    whereInWords(queryOf("near=EX2&radius_miles=1")),
    "Within 1 mile of EX2",
  );
});

test("a point is written with three decimals", () => {
  assert.equal(placeInWords("50.71234,-3.5"), "the point 50.712, -3.500");
  assert.equal(placeInWords("EX2 5DW"), "EX2 5DW");
});

test("a moment is in the words of a clock", () => {
  assert.equal(
    momentInWords("2026-11-28T09:30"),
    "9:30am on Saturday 28 November",
  );
  assert.equal(
    momentInWords("2026-11-28T00:00"),
    "12am on Saturday 28 November",
  );
  assert.equal(momentInWords("2026-11-28T12:00Z"), "2026-11-28T12:00Z");
});
