import assert from "node:assert/strict";
import { test } from "node:test";

import {
  freeBeds,
  milesInWords,
} from "../../../../../web/assets/pages/search/result.js";

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

test("free beds are those that fit the search, and the others", () => {
  const home = { free: { general_nursing: 2, transitional: 1 } };
  assert.deepEqual(freeBeds(home, ["transitional"]), {
    fitting: [["transitional", 1]],
    others: [["general_nursing", 2]],
  });
  assert.equal(freeBeds(home, []).fitting.length, 2);
  assert.deepEqual(freeBeds(home, ["dementia_nursing"]).fitting, []);
});

test("a bed that may serve as the kind that is wanted fits", () => {
  const home = {
    free: { general_residential: 2, general_nursing: 1 },
    also_as: { general_residential: ["dementia_residential"] },
  };
  assert.deepEqual(freeBeds(home, ["dementia_residential"]), {
    fitting: [["general_residential", 2]],
    others: [["general_nursing", 1]],
  });
});
