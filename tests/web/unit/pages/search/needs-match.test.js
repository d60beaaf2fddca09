import assert from "node:assert/strict";
import { test } from "node:test";

import { matchingNeeds } from "../../../../../web/assets/pages/search/needs-match.js";
import { NEEDS } from "../../../../../web/assets/text/needs.js";

test("what is typed first finds the label that begins so", () => {
  assert.equal(matchingNeeds("peg")[0], "peg");
  assert.equal(matchingNeeds("PEG")[0], "peg");
  assert.equal(matchingNeeds("hoi")[0], "hoist");
  assert.equal(matchingNeeds("ground")[0], "ground_floor");
  assert.equal(matchingNeeds("polish")[0], "language_pol");
});

test("a word of the help finds the need as well", () => {
  assert.ok(matchingNeeds("RIG").includes("peg"));
  assert.ok(matchingNeeds("parkinson").includes("timed_medicines"));
});

test("every word that is typed has to be there", () => {
  assert.deepEqual(matchingNeeds("peg zebra"), []);
  assert.deepEqual(matchingNeeds(" ,. "), []);
});

test("what is chosen is not offered again", () => {
  assert.ok(!matchingNeeds("peg", ["peg"]).includes("peg"));
});

test("every need is the first that its own label finds", () => {
  for (const [id, { label }] of Object.entries(NEEDS)) {
    assert.equal(matchingNeeds(label)[0], id);
  }
});
