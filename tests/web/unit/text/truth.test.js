import assert from "node:assert/strict";
import { test } from "node:test";

import {
  countOf,
  isShown,
  missedInWords,
  percent,
  publicTruthInWords,
  rangeInWords,
} from "../../../../web/assets/text/truth.js";

test("all and none are said of nothing less", () => {
  assert.deepEqual([0, 0.001, 0.5, 0.934, 0.998, 1].map(percent), [
    "0%",
    "1%",
    "50%",
    "93%",
    "99%",
    "100%",
  ]);
});

test("the calls that found a bed are counted again from their share", () => {
  assert.equal(countOf({ n: 11, rate: 0.9091, low: 0.6, high: 1 }), 10);
  assert.equal(countOf({ n: 3001, rate: 0.9334, low: 0.9, high: 1 }), 2801);
});

test("a range is of whole points", () => {
  assert.equal(
    rangeInWords({ n: 100, rate: 0.93, low: 0.877, high: 0.9646 }),
    "88% to 96%",
  );
});

test("a rate of too few calls is not shown", () => {
  assert.equal(isShown({ n: 3 }), false);
  assert.equal(isShown({ n: 3, rate: 0, low: 0, high: 0.4 }), true);
});

test("everyone reads the calls, the months and the range", () => {
  const truth = { n: 100, rate: 0.93, low: 0.8773, high: 0.9636 };
  const calls = { drawn: 120, called: 112, unanswered: 12, uncalled: 8 };
  const said = (first, last) =>
    publicTruthInWords({ first, last, truth, ...calls });
  assert.equal(
    said("2025-11-01", "2026-10-31"),
    "From November 2025 to October 2026, 93 of 100 listings that the council checked by telephone" +
      " still had a bed. The true rate is likely between 88% and 96%. 12 calls were not answered." +
      " 8 were not made.",
  );
  assert.match(said("2026-10-01", "2026-10-31"), /^In October 2026, 93 of 100/);
});

test("calls that tell nothing are counted beside the rate", () => {
  const said = (unanswered, uncalled) =>
    missedInWords({ unanswered, uncalled });
  assert.equal(said(0, 0), "All calls that were made were answered.");
  assert.equal(said(1, 0), "1 call was not answered.");
  assert.equal(
    said(0, 1),
    "All calls that were made were answered. 1 was not made.",
  );
});
