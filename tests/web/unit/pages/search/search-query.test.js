import assert from "node:assert/strict";
import { test } from "node:test";

import {
  alertOf,
  categoriesFor,
  errorsOf,
  hrefOf,
  needsOf,
  placeInWords,
  requestPath,
  searchInWords,
  searchQuery,
  withValue,
} from "../../../../../web/assets/pages/search/search-query.js";

const queryOf = (text) => searchQuery(new URLSearchParams(text));

test("an address leaves out defaults, empty values, repeats and unknown names", () => {
  const text =
    "near=+EX2+5DW+&radius_miles=10&beds=1&sort=best&care=&x=1&need=dementia&need=dementia";
  assert.equal(
    hrefOf(new URLSearchParams(text)),
    "/search.html?near=EX2+5DW&need=dementia",
  );
});

test("the same search has the same address in whatever order it was given", () => {
  const one = hrefOf(
    new URLSearchParams("need=dementia&near=EX2&feature=pets"),
  );
  assert.equal(
    hrefOf(new URLSearchParams("feature=pets&near=EX2&need=dementia")),
    one,
  );
});

test("an address may name bed categories as the API does", () => {
  const query = queryOf("near=EX2&category=dementia_nursing,general_nursing");
  assert.deepEqual(query.getAll("need"), ["dementia", "general"]);
  assert.equal(query.get("care"), "nursing");
});

test("one category alone gives its need and its kind of care", () => {
  assert.deepEqual(needsOf(["dementia_residential"]), {
    needs: ["dementia"],
    care: "residential",
  });
  assert.deepEqual(needsOf(["transitional"]), {
    needs: ["short_stay"],
    care: "",
  });
  assert.deepEqual(
    needsOf(["dementia_residential", "dementia_nursing"]).care,
    "",
  );
  assert.deepEqual(needsOf(["nonsense", ""]), { needs: [], care: "" });
});

test("a need without a kind of care means both kinds", () => {
  assert.deepEqual(categoriesFor(["dementia"], ""), [
    "dementia_nursing",
    "dementia_residential",
  ]);
  assert.deepEqual(categoriesFor(["dementia"], "nursing"), [
    "dementia_nursing",
  ]);
  assert.deepEqual(categoriesFor(["short_stay"], "nursing"), ["transitional"]);
  assert.deepEqual(categoriesFor([], ""), []);
});

test("the API is asked for categories, not for needs", () => {
  const path = requestPath(queryOf("near=EX2&need=dementia&care=nursing"), {
    cursor: "abc",
  });
  assert.equal(
    path,
    "/vacancies?near=EX2&sort=best&category=dementia_nursing&cursor=abc",
  );
});

test("changing one filter leaves the others and the original", () => {
  const query = queryOf("near=EX2&feature=pets&feature=oxygen&min_rating=Good");
  assert.deepEqual(withValue(query, "feature", ["oxygen"]).getAll("feature"), [
    "oxygen",
  ]);
  assert.equal(withValue(query, "min_rating", null).has("min_rating"), false);
  assert.equal(
    withValue(query, "radius_miles", "10").has("radius_miles"),
    false,
  );
  assert.equal(query.get("min_rating"), "Good");
});

test("an alert has the filters of the search but for its day and age", () => {
  const query = queryOf(
    "near=EX2&need=dementia&care=nursing&min_rating=Good&feature=pets&max_age_hours=24",
  );
  assert.deepEqual(alertOf(query), {
    near: "EX2",
    radius_miles: 10,
    beds: 1,
    categories: ["dementia_nursing"],
    features: ["pets"],
    min_rating: "Good",
  });
});

test("a search in words says where, then each filter", () => {
  assert.deepEqual(searchInWords(queryOf("near=ex25dw"), "EX2 5DW"), [
    "Within 10 miles of EX2 5DW",
    "any kind of bed",
  ]);
  const filters =
    "near=EX2&radius_miles=1&need=dementia&beds=2&min_rating=Good&feature=pets" +
    "&max_age_hours=72&available_by=2026-12-01&include_full=true";
  assert.deepEqual(searchInWords(queryOf(filters)), [
    "Within 1 mile of EX2",
    "dementia nursing or dementia residential",
    "2 beds or more",
    "rated Good or better",
    "pets welcome",
    "confirmed in the last 3 days",
    "free by 1 December 2026",
    "including full and closed homes",
  ]);
});

test("a point is written with three decimals", () => {
  assert.equal(placeInWords("50.71234,-3.5"), "the point 50.712, -3.500");
  assert.equal(placeInWords("EX2 5DW"), "EX2 5DW");
});

test("a search without a place asks for a postcode", () => {
  const [error] = errorsOf(queryOf("need=dementia"));
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
  const errors = ["radius_miles", "available_by", "feature"].map((field) => ({
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
    { text: "feature: one of a, b" },
  ]);
});
