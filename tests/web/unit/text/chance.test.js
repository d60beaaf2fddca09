import assert from "node:assert/strict";
import { test } from "node:test";

import { chanceReason } from "../../../../web/assets/text/chance.js";

const now = Date.parse("2026-11-22T02:14:00Z");
const basis = {
  category: "general_nursing",
  listed: 1,
  said_at: "2026-11-13T00:00:00.000Z",
  days_to_fill: 14.2,
  seen_to_fill: 4,
};

test("a chance gives its reason: how many, how long ago, and how fast they fill", () => {
  assert.equal(
    chanceReason(basis, now),
    "1 bed, said 9 days ago; here one fills in about 2 weeks.",
  );
  assert.equal(
    chanceReason({ ...basis, listed: 3, days_to_fill: 1.2 }, now),
    "3 beds, said 9 days ago; here one fills in about a day.",
  );
});

test("where no bed was seen to fill here, the reason says what to expect", () => {
  assert.equal(
    chanceReason(
      { ...basis, said_at: "2026-11-22T02:00:00.000Z", seen_to_fill: 0 },
      now,
    ),
    "1 bed, said less than a day ago; one is expected to fill in about 2 weeks.",
  );
});

test("a time to fill is no more precise than anyone should trust", () => {
  const fills = (days) =>
    chanceReason({ ...basis, days_to_fill: days }, now).split("about ")[1];
  assert.equal(fills(3.6), "4 days.");
  assert.equal(fills(25), "4 weeks.");
  assert.equal(fills(90), "3 months.");
});
