import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fitLines,
  inSentence,
  requirementInWords,
} from "../../../../web/assets/text/requirements.js";

test("names keep their capitals inside a sentence", () => {
  const words = (name) => inSentence(requirementInWords(name));
  assert.deepEqual(
    ["peg", "hoist", "mrsa", "c_difficile", "bsl", "language_pol", "chc"].map(
      (each) => words(each).charAt(0),
    ),
    ["P", "h", "M", "C", "B", "P", "N"],
  );
  assert.equal(words("something_new"), "something_new");
});

test("all is named that a home says, care first and who pays last", () => {
  const home = {
    fit: "no",
    yes: ["hoist", "peg"],
    ask: ["admit_by", "council_rate", "pet", "insulin"],
    not_said: ["ground_floor"],
    no: ["language_pol"],
    wishes_met: ["smoker"],
  };
  assert.deepEqual(
    fitLines(home).map(({ title, text }) => `${title}: ${text}`),
    [
      "Yes: PEG feeding; hoist",
      "Ask about: insulin injections; pet; the council's rate; admission by that time",
      "Has not said: ground floor",
      "No: Polish",
      "Also has: smoker",
    ],
  );
  assert.deepEqual(fitLines({}), []);
});
