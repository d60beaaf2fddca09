import assert from "node:assert/strict";
import { test } from "node:test";

import { drawnNeed } from "../../../../../web/assets/pages/search/drawn-need.js";

const SAID_AT = "2026-11-22T02:14:00.000Z";
const home = (number, said = {}) => ({
  location_id: `1-90000000${number}`,
  ...said,
});

test("one need is drawn, and the same each time, in whichever order they are asked", () => {
  const drawn = drawnNeed(["peg", "hoist", "pet"], home(11), SAID_AT);
  assert.ok(["peg", "hoist", "pet"].includes(drawn));
  assert.equal(drawnNeed(["pet", "peg", "hoist"], home(11), SAID_AT), drawn);
});

test("what the home leaves open is drawn before what it says yes to", () => {
  const said = { yes: ["hoist"], ask: ["peg"], not_said: [] };
  for (let number = 10; number < 40; number++) {
    assert.equal(
      drawnNeed(["peg", "hoist"], home(number, said), SAID_AT),
      "peg",
    );
  }
});

test("each need is drawn about equally often", () => {
  const counts = { peg: 0, hoist: 0, pet: 0 };
  for (let number = 1000; number < 1900; number++) {
    counts[drawnNeed(["peg", "hoist", "pet"], home(number), SAID_AT)]++;
  }
  for (const count of Object.values(counts))
    assert.ok(count > 240 && count < 360, `${count}`);
});

test("where nothing is asked nothing is drawn", () => {
  assert.equal(drawnNeed([], home(11), SAID_AT), undefined);
});
