import assert from "node:assert/strict";
import { test } from "node:test";

import { axisTop, linePath } from "../../../../web/assets/components/chart.js";

test("the top of an axis holds every figure, and its half is whole", () => {
  for (let value = 1; value < 3000; value += 7) {
    const top = axisTop(value);
    assert.ok(top >= value);
    assert.equal(top % 2, 0);
  }
  assert.deepEqual([1, 3, 10, 11, 99].map(axisTop), [2, 4, 10, 20, 100]);
});

test("a line is broken where a figure is unknown", () => {
  const path = linePath(
    [1, 2, null, 4],
    (number) => number * 10,
    (value) => 100 - value,
  );
  assert.equal(path, "M0.0 99.0L10.0 98.0M30.0 96.0");
});
