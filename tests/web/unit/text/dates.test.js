import assert from "node:assert/strict";
import { test } from "node:test";

import {
  clock,
  dayInWords,
  dayOf,
  daysLater,
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
