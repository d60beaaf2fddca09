import assert from "node:assert/strict";
import { test } from "node:test";

import {
  alertOf,
  errorsOf,
  hrefOf,
  nearMissesPath,
  requestPath,
  searchQuery,
  withoutValue,
  withValue,
} from "../../../../../web/assets/pages/search/search-query.js";

const queryOf = (text) => searchQuery(new URLSearchParams(text));

test("an address leaves out defaults, empty values, repeats and unknown names", () => {
  const text =
    "near=+EX2+5DW+&radius_miles=10&beds=1&sort=best&care=&x=1&care_for=dementia&care_for=dementia";
  assert.equal(
    hrefOf(new URLSearchParams(text)),
    "/search.html?near=EX2+5DW&care_for=dementia",
  );
});

test("the same search has the same address in whatever order it was given", () => {
  const one = hrefOf(
    new URLSearchParams("care_for=dementia&near=EX2&need=pet"),
  );
  assert.equal(
    hrefOf(new URLSearchParams("need=pet&near=EX2&care_for=dementia")),
    one,
  );
});

test("an address may name bed categories as the API does", () => {
  const query = queryOf("near=EX2&category=dementia_nursing,general_nursing");
  assert.deepEqual(query.getAll("care_for"), ["dementia", "general"]);
  assert.equal(query.get("care"), "nursing");
});

test("the API is asked for categories, not for everyday words", () => {
  const path = requestPath(queryOf("near=EX2&care_for=dementia&care=nursing"), {
    cursor: "abc",
  });
  assert.equal(
    path,
    "/vacancies?near=EX2&sort=best&category=dementia_nursing&cursor=abc",
  );
});

test("changing one filter leaves the others and the original", () => {
  const query = queryOf("near=EX2&need=pet&need=oxygen&min_rating=Good");
  assert.deepEqual(withValue(query, "need", ["oxygen"]).getAll("need"), [
    "oxygen",
  ]);
  assert.equal(withValue(query, "min_rating", null).has("min_rating"), false);
  assert.equal(
    withValue(query, "radius_miles", "10").has("radius_miles"),
    false,
  );
  assert.equal(query.get("min_rating"), "Good");
});

test("an alert has the filters of the search but for its wishes, day and age", () => {
  const query = queryOf(
    "near=EX2&care_for=dementia&care=nursing&min_rating=Good&need=pet&would_like=bsl&funding=chc&max_age_hours=24",
  );
  assert.deepEqual(alertOf(query), {
    near: "EX2",
    radius_miles: 10,
    beds: 1,
    categories: ["dementia_nursing"],
    needs: ["pet"],
    funding: "chc",
    min_rating: "Good",
  });
});

test("a search without a place asks for a postcode", () => {
  const [error] = errorsOf(queryOf("care_for=dementia"));
  assert.equal(error.href, "#near");
  assert.match(error.text, /^Enter a postcode, like EX2 5DW/);
});

test("an unknown place is repeated in the error", () => {
  const [error] = errorsOf(queryOf("near=the+seaside"), [
    { field: "near", detail: "unknown" },
  ]);
  assert.match(error.text, /“the seaside”/);
});

test("each error of the API is put in words at its field", () => {
  const errors = [
    "radius_miles",
    "available_by",
    "need",
    "admit_by",
    "sort",
  ].map((field) => ({
    field,
    detail: "one of a, b",
  }));
  assert.deepEqual(errorsOf(queryOf("near=EX2"), errors), [
    {
      href: "#radius_miles",
      text: "Enter a distance of more than 0 and no more than 100 miles",
    },
    {
      href: "#available_by",
      text: "Enter a day between today and a year from now",
    },
    { href: "#needs-find", text: "Remove the need that is not on the list" },
    {
      href: "#admit_day",
      text: "Enter a day and time between now and 31 days from now",
    },
    { text: "sort: one of a, b" },
  ]);
});

test("what must be so is no wish as well", () => {
  const query = queryOf("near=EX2&need=peg,hoist&would_like=pet,peg");
  assert.deepEqual(query.getAll("need"), ["peg", "hoist"]);
  assert.deepEqual(query.getAll("would_like"), ["pet"]);
});

test("the day and the time of the form are one moment", () => {
  const moment = (text) => queryOf(`near=EX2&${text}`).get("admit_by");
  assert.equal(
    moment("admit_day=2026-11-28&admit_time=09:30"),
    "2026-11-28T09:30",
  );
  assert.equal(moment("admit_day=2026-11-28&admit_time="), "2026-11-28T16:00");
  assert.equal(moment("admit_day=&admit_time=09:30"), null);
  assert.equal(moment("admit_by=2026-11-28T09:30"), "2026-11-28T09:30");
});

test("homes that say no are left out where nothing is asked of them", () => {
  assert.equal(queryOf("near=EX2&fit=any").get("fit"), null);
  assert.equal(queryOf("near=EX2&fit=any&need=peg").get("fit"), "any");
  assert.equal(queryOf("near=EX2&fit=ask&need=peg").get("fit"), null);
  const one = queryOf("near=EX2&fit=any&need=peg&need=hoist");
  assert.equal(withoutValue(one, "need", "peg").get("fit"), "any");
  assert.deepEqual(withoutValue(one, "need", "peg").getAll("need"), ["hoist"]);
});

test("a home that says no stays a near miss while those are shown", () => {
  assert.equal(
    nearMissesPath(
      queryOf("near=EX2&fit=any&need=peg&care=nursing&care_for=dementia"),
    ),
    "/vacancies/near-misses?near=EX2&need=peg&sort=best&category=dementia_nursing",
  );
});
