import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ageInWords,
  categoryName,
  changeOf,
  countsOf,
  linesOf,
} from "../../../../../web/assets/pages/y/counts.js";
import {
  CATEGORIES,
  CLOSURE_REASONS,
} from "../../../../../web/assets/text/vocabulary.js";

const NURSING = {
  maximum_capacity: 10,
  occupied: 7,
  reserved: 1,
  accepting: 2,
  not_available: 0,
};
const HOME = {
  location_id: "1-9000000001",
  version: 3,
  name: "Larkrise House",
  registered_beds: 30,
  beds: {
    general_nursing: NURSING,
    dementia_nursing: {
      ...NURSING,
      maximum_capacity: 4,
      occupied: 3,
      accepting: 0,
    },
  },
  admission_status: { status: "open" },
  confirmed_at: "2026-11-22T02:14:00.000Z",
};
const change = (accepting, closure = "") =>
  changeOf(HOME, { accepting, closure }, CLOSURE_REASONS);

test("categories are named as on every other page", () => {
  for (const [category, name] of Object.entries(CATEGORIES)) {
    assert.equal(categoryName(category), name);
  }
});

test("a home's line says what it accepts and how full it is", () => {
  assert.deepEqual(linesOf(HOME), [
    "General nursing: 2 accepting, 7 of 10 beds occupied",
    "Dementia nursing: 0 accepting, 3 of 4 beds occupied",
  ]);
  assert.equal(countsOf(HOME).length, 2);
});

test("an age is in whole units, rounded down", () => {
  const at = Date.parse(HOME.confirmed_at);
  const minute = 60 * 1000;
  const ages = [
    -minute,
    minute - 1,
    minute,
    59 * minute,
    120 * minute,
    3 * 1440 * minute,
  ];
  assert.deepEqual(
    ages.map((age) => ageInWords(HOME.confirmed_at, at + age)),
    [
      "said just now",
      "said just now",
      "said 1 minute ago",
      "said 59 minutes ago",
      "said 2 hours ago",
      "said 3 days ago",
    ],
  );
  assert.equal(ageInWords(undefined), "never said");
});

test("beds that are accepting no more are occupied, and the counts still add up", () => {
  const { change: made, lines } = change({ general_nursing: "0" });
  assert.deepEqual(made, {
    beds: { general_nursing: { ...NURSING, accepting: 0, occupied: 9 } },
  });
  assert.deepEqual(lines, ["General nursing: 0 accepting (was 2)"]);
});

test("a number that was typed again as it is changes nothing", () => {
  const { change: made } = change({
    general_nursing: "2",
    dementia_nursing: "1",
  });
  assert.deepEqual(Object.keys(made.beds), ["dementia_nursing"]);
});

test("a home can be closed with and without a change of its beds", () => {
  const closed = { admission_status: { status: "closed", reason: "outbreak" } };
  assert.deepEqual(change({}, "outbreak"), {
    change: closed,
    lines: ["Closed to admissions: outbreak of infection"],
  });
  const both = change({ general_nursing: "1" }, "outbreak");
  assert.deepEqual(Object.keys(both.change), ["beds", "admission_status"]);
  assert.equal(both.lines.length, 2);
});

test("what cannot be is named with what to do", () => {
  for (const typed of ["", "-1", "1.5", "two", "1e3", "12345", " 1"]) {
    assert.match(
      change({ general_nursing: typed }).problem,
      /^General nursing: enter a whole number/,
      typed,
    );
  }
  assert.equal(
    change({ general_nursing: "10" }).problem,
    "General nursing: at most 9 beds can be accepting",
  );
  assert.equal(change({}).problem, "Change a number, or close the home");
});
