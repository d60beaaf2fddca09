import assert from "node:assert/strict";
import { test } from "node:test";

import {
  closedInWords,
  freshnessInWords,
} from "../../../../../web/assets/pages/council/freshness-figures.js";
import { districts } from "../../../../../web/assets/pages/council/vacancy-charts.js";

test("the share of homes that are up to date is in words", () => {
  assert.equal(
    freshnessInWords(12, 8),
    "8 of 12 homes (67%) confirmed their bed counts in the last day. 4 are not up to date.",
  );
  assert.equal(
    freshnessInWords(2, 1),
    "1 of 2 homes (50%) confirmed its bed counts in the last day. 1 is not up to date.",
  );
  assert.equal(
    freshnessInWords(3, 3),
    "Every home has confirmed its bed counts in the last day.",
  );
});

test("closed homes are counted in words", () => {
  assert.equal(closedInWords(0), "Every home is open to admissions.");
  assert.match(closedInWords(1), /^1 home is closed to admissions\. Its/);
  assert.match(closedInWords(2), /^2 homes are closed to admissions\. Their/);
});

test("the homes of a postcode district are added up", () => {
  const home = (postcode, freshness, status, vacancies) => ({
    postcode,
    freshness,
    admission_status: { status },
    free: { general_nursing: vacancies },
  });
  const areas = districts([
    home("EX2 5DW", "fresh", "open", 2),
    home("EX2 4AA", "stale", "closed", 0),
    home("EX20 1AA", "fresh", "open", 1),
  ]);
  assert.deepEqual(areas, [
    { name: "EX2", homes: 2, closed: 1, fresh: 1, vacancies: 2 },
    { name: "EX20", homes: 1, closed: 0, fresh: 1, vacancies: 1 },
  ]);
});
