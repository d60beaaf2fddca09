import assert from "node:assert/strict";
import { test } from "node:test";

import { either, listed, plural } from "../../../../web/assets/text/plural.js";

test("one is singular and everything else is plural", () => {
  assert.equal(plural(1, "bed"), "1 bed");
  assert.equal(plural(0, "bed"), "0 beds");
  assert.equal(plural(2, "search", "searches"), "2 searches");
});

test("words are joined with commas and one conjunction", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["a"]), "a");
  assert.equal(listed(["a", "b"]), "a and b");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
  assert.equal(either(["a", "b", "c"]), "a, b or c");
});
