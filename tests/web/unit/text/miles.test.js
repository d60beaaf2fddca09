import assert from "node:assert/strict";
import { test } from "node:test";

import { milesInWords } from "../../../../web/assets/text/miles.js";

test("short distances have a decimal and long ones have none", () => {
  assert.deepEqual([0.04, 1, 1.04, 2.14, 9.94, 9.95, 12.4].map(milesInWords), [
    "0.0 miles",
    "1 mile",
    "1 mile",
    "2.1 miles",
    "9.9 miles",
    "10 miles",
    "12 miles",
  ]);
});
