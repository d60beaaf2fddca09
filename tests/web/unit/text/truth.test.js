import assert from "node:assert/strict";
import { test } from "node:test";

import {
  countOf,
  isShown,
  percent,
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
