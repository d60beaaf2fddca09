import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ageInWords,
  clock,
  dayInWords,
  dayOf,
  daysLater,
  isDue,
  when,
} from "../../../../web/assets/text/dates.js";

test("moments are shown as a clock in England shows them", () => {
  const now = new Date("2026-11-22T03:00:00Z");
  assert.equal(when("2026-11-22T02:14:00Z", now), "2:14am today");
  assert.equal(when("2026-11-21T23:50:00Z", now), "11:50pm on 21 November");
  assert.equal(when("2026-11-22T00:05:00Z", now), "12:05am today");
});

test("summer time counts", () => {
  assert.equal(clock("2026-06-30T12:00:00Z"), "1:00pm");
  assert.equal(dayOf("2026-06-30T23:30:00Z"), "2026-07-01");
});

test("noon and midnight are twelve", () => {
  assert.equal(clock("2026-01-01T12:00:00Z"), "12:00pm");
  assert.equal(clock("2026-01-01T00:00:00Z"), "12:00am");
});

test("days are counted across months and years", () => {
  assert.equal(daysLater("2026-12-31", 1), "2027-01-01");
  assert.equal(daysLater("2028-03-01", -1), "2028-02-29");
  assert.equal(dayInWords("2026-12-01"), "1 December 2026");
});

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
