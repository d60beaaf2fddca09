import assert from "node:assert/strict";
import { test } from "node:test";

import { ageInWords, isDue } from "../../../../web/assets/text/age.js";

const now = Date.parse("2026-11-22T02:14:00Z");
const ago = (milliseconds) => new Date(now - milliseconds).toISOString();
const HOUR = 60 * 60 * 1000;

test("counts are due twenty hours after they were confirmed", () => {
  assert.equal(isDue(ago(20 * HOUR - 1), now), false);
  assert.equal(isDue(ago(20 * HOUR), now), true);
  assert.equal(isDue(undefined, now), true);
});

test("an age is in whole units, rounded down", () => {
  assert.equal(ageInWords(ago(0), now), "confirmed just now");
  assert.equal(ageInWords(ago(61 * 1000), now), "confirmed 1 minute ago");
  assert.equal(ageInWords(ago(69 * HOUR), now), "confirmed 2 days ago");
  assert.equal(ageInWords(null, now), "never confirmed");
});

test("a clock that is behind makes nothing younger than now", () => {
  assert.equal(ageInWords(ago(-5000), now), "confirmed just now");
});
