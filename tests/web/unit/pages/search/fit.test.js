import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fitGroups,
  fitInWords,
  totalsInWords,
} from "../../../../../web/assets/pages/search/fit.js";

const TOTALS = { yes: 4, ask: 11, no: 7 };

test("each group has its exact number, and those that say no are folded", () => {
  assert.deepEqual(
    fitGroups(TOTALS, "ask").map(({ text, isShown }) => [text, isShown]),
    [
      ["Says yes to all (4)", true],
      ["Ask about something (11)", true],
      ["Says no to something (7)", false],
    ],
  );
  const shown = (fit) => fitGroups(TOTALS, fit).map(({ isShown }) => isShown);
  assert.deepEqual(shown("yes"), [true, false, false]);
  assert.deepEqual(shown("any"), [true, true, true]);
});

test("the heading counts those that say yes and those to ask", () => {
  assert.equal(
    totalsInWords(TOTALS),
    "4 homes say yes to all, 11 to ask first",
  );
  assert.equal(
    totalsInWords({ yes: 1, ask: 0, no: 2 }),
    "1 home says yes to all",
  );
  assert.equal(
    totalsInWords({ yes: 0, ask: 0, no: 2 }),
    "No home says yes to all",
  );
});

test("a card says how many things are to be asked or refused", () => {
  assert.equal(fitInWords({ fit: "yes" }), "✓ Says yes to all");
  assert.equal(
    fitInWords({ fit: "ask", ask: ["peg"], not_said: ["pet", "hoist"] }),
    "? Ask about 3",
  );
  assert.equal(
    fitInWords({ fit: "no", no: ["peg"], ask: ["pet"] }),
    "✕ Says no to 1",
  );
});
