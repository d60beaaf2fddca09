import assert from "node:assert/strict";
import { test } from "node:test";

import { ownTruthInWords } from "../../../../../web/assets/pages/home/own-truth-words.js";

const rate = { n: 10, rate: 0.9, low: 0.6694, high: 0.9821 };
const truth = (audited, reported, fit) => ({
  since: "2025-11-27",
  least_of_one_home: 10,
  audited: { truth: audited, fit: { n: 0 } },
  reported: { truth: reported, fit },
});

test("with too few calls it is said from how many on there is a rate", () => {
  assert.deepEqual(ownTruthInWords(truth({ n: 1 }, { n: 9 }, { n: 8 })), [
    "Teams have told of 9 calls since 27 November 2025, and the council has made 1.",
    "From 10 calls on, it says here in how many there was a bed.",
  ]);
});

test("what teams found is said with its range and with how it is off", () => {
  const [, found, off, ...more] = ownTruthInWords(
    truth({ n: 1 }, rate, { n: 9 }),
  );
  assert.equal(
    found,
    "Teams found a bed in 9 of 10 calls. The true rate is likely 67% to 98%.",
  );
  assert.match(off, /may be higher than theirs/);
  assert.deepEqual(more, []);
});

test("what the council found is not said to be off", () => {
  const sentences = ownTruthInWords(truth(rate, { n: 3 }, { n: 3 }));
  assert.equal(sentences.length, 2);
  assert.match(sentences[1], /^The council found a bed in 9 of 10 calls/);
});
