import assert from "node:assert/strict";
import { test } from "node:test";

import {
  byUrgency,
  mostUrgent,
} from "../../../../../web/assets/pages/update/next-home.js";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const home = (name, confirmed_at) => ({ name, confirmed_at });
const TODAY = home("A", "2026-11-22T08:00:00Z");
const DAYS_AGO = home("B", "2026-11-20T08:00:00Z");
const WEEKS_AGO = home("C", "2026-11-01T08:00:00Z");
const NEVER = home("D", undefined);

test("homes that never posted come first, then the oldest bed counts", () => {
  const homes = [TODAY, NEVER, DAYS_AGO, WEEKS_AGO];
  assert.deepEqual(byUrgency(homes), [NEVER, WEEKS_AGO, DAYS_AGO, TODAY]);
});

test("of the others the one comes first whose answer tells most", () => {
  const full = { ...WEEKS_AGO, reminder_value: 0.02 };
  const lastBed = { ...DAYS_AGO, reminder_value: 0.4 };
  assert.deepEqual(byUrgency([full, TODAY, lastBed]), [lastBed, full, TODAY]);
  assert.equal(mostUrgent([full, lastBed, TODAY], NOW), lastBed);
});

test("the next home is one that is due", () => {
  assert.equal(mostUrgent([TODAY, DAYS_AGO], NOW), DAYS_AGO);
  assert.equal(mostUrgent([TODAY], NOW), undefined);
});
