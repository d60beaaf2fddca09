import assert from "node:assert/strict";
import { test } from "node:test";

import {
  batches,
  notNow,
  outcomesInWords,
} from "../../../../../web/assets/pages/council/reminders.js";

const now = new Date("2026-11-22T12:00:00Z");
const names = { 1: "Ash", 2: "Birch", 3: "Cedar" };
const told = (...outcomes) =>
  outcomesInWords(
    outcomes.map((outcome, number) => ({
      location_id: String(number + 1),
      outcome,
    })),
    (id) => names[id],
  );

test("a home is not to be reminded twice a day, nor soon after a post", () => {
  assert.equal(
    notNow({ reminded_at: "2026-11-22T09:30:00Z" }, now),
    "Reminded at 9:30am today",
  );
  assert.equal(
    notNow({ confirmed_at: "2026-11-21T16:00:01Z" }, now),
    "Posted in the last 20 hours",
  );
  assert.equal(notNow({ confirmed_at: "2026-11-21T16:00:00Z" }, now), "");
  assert.equal(notNow({}, now), "");
});

test("what became of each home is in words", () => {
  assert.deepEqual(told("reminded", "reminded", "nobody"), {
    kind: "success",
    heading: "2 homes reminded",
    lines: ["Nobody has asked for reminders, so phone them: Cedar."],
  });
  assert.deepEqual(told("reminded_today", "posted_lately"), {
    kind: "warning",
    heading: "No home was reminded",
    lines: [
      "Reminded today already: Ash.",
      "Posted in the last 20 hours: Birch.",
    ],
  });
});

test("many homes go in several requests", () => {
  const ids = Array.from({ length: 120 }, (_, number) => String(number));
  assert.deepEqual(
    batches(ids).map((each) => each.length),
    [50, 50, 20],
  );
  assert.deepEqual(batches(ids).flat(), ids);
});
