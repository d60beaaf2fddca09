import assert from "node:assert/strict";
import { test } from "node:test";

import { freeBeds } from "../../../../../web/assets/pages/search/free-beds.js";

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
