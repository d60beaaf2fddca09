import assert from "node:assert/strict";
import { test } from "node:test";

import {
  AGEING_FOR,
  FRESH_FOR,
  ageInWords,
  freshness,
} from "../../../../web/assets/text/freshness.js";

const now = Date.parse("2026-11-22T02:14:00Z");
const ago = (milliseconds) => new Date(now - milliseconds).toISOString();

test("the limits themselves count as fresh and ageing", () => {
  assert.equal(freshness(ago(FRESH_FOR), now), "fresh");
  assert.equal(freshness(ago(FRESH_FOR + 1), now), "ageing");
  assert.equal(freshness(ago(AGEING_FOR), now), "ageing");
  assert.equal(freshness(ago(AGEING_FOR + 1), now), "stale");
  assert.equal(freshness(undefined, now), "stale");
});

test("an age is in whole units, rounded down", () => {
  assert.equal(ageInWords(ago(0), now), "confirmed just now");
  assert.equal(ageInWords(ago(61 * 1000), now), "confirmed 1 minute ago");
  assert.equal(ageInWords(ago(FRESH_FOR * 2.9), now), "confirmed 2 days ago");
  assert.equal(ageInWords(null, now), "never confirmed");
});

test("a clock that is behind makes nothing younger than now", () => {
  assert.equal(ageInWords(ago(-5000), now), "confirmed just now");
});
