import assert from "node:assert/strict";
import { test } from "node:test";

import {
  careOf,
  categoriesFor,
} from "../../../../../web/assets/pages/search/categories.js";

test("one category alone gives what it is for and its kind of care", () => {
  assert.deepEqual(careOf(["dementia_residential"]), {
    careFor: ["dementia"],
    care: "residential",
  });
  assert.deepEqual(careOf(["transitional"]), {
    careFor: ["short_stay"],
    care: "",
  });
  assert.deepEqual(
    careOf(["dementia_residential", "dementia_nursing"]).care,
    "",
  );
  assert.deepEqual(careOf(["nonsense", ""]), { careFor: [], care: "" });
});

test("without a kind of care both kinds are meant", () => {
  assert.deepEqual(categoriesFor(["dementia"], ""), [
    "dementia_nursing",
    "dementia_residential",
  ]);
  assert.deepEqual(categoriesFor(["dementia"], "nursing"), [
    "dementia_nursing",
  ]);
  assert.deepEqual(categoriesFor(["short_stay"], "nursing"), ["transitional"]);
  assert.deepEqual(categoriesFor([], ""), []);
});
