import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { drawnNeed } from "../../../../../web/assets/pages/search/drawn-need.js";

const NEEDS = ["peg", "hoist", "pet"];

const before = Object.getOwnPropertyDescriptor(globalThis, "sessionStorage");
const useStorage = (storage) =>
  Object.defineProperty(globalThis, "sessionStorage", {
    value: storage,
    configurable: true,
  });

/** Open a tab with a storage of its own, which outlives its pages. */
function openTab() {
  const values = new Map();
  useStorage({
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
  });
  return values;
}

afterEach(() => {
  delete globalThis.sessionStorage;
  if (before) Object.defineProperty(globalThis, "sessionStorage", before);
});

test("a person has one need drawn in a tab, in whichever order they are asked", () => {
  const kept = openTab();
  const drawn = drawnNeed(NEEDS);
  assert.ok(NEEDS.includes(drawn));
  assert.equal(kept.size, 1);
  for (let cards = 0; cards < 20; cards++) {
    assert.equal(drawnNeed([...NEEDS].reverse()), drawn);
  }
});

test("a search that asks for less draws the same need while it is asked for", () => {
  openTab();
  const drawn = drawnNeed(NEEDS);
  for (const left of NEEDS.filter((each) => each !== drawn)) {
    const fewer = NEEDS.filter((each) => each !== left);
    assert.equal(drawnNeed(fewer), drawn);
  }
});

test("each need is drawn about equally often, of any pair and of all", () => {
  for (const asked of [NEEDS, ["peg", "hoist"], ["council_rate", "peg"]]) {
    const counts = Object.fromEntries(asked.map((each) => [each, 0]));
    for (let tab = 0; tab < 3000; tab++) {
      counts[drawnNeed(asked, String(tab * 1_431_655))]++;
    }
    for (const count of Object.values(counts)) {
      assert.ok(Math.abs(count / 3000 - 1 / asked.length) < 0.04, `${count}`);
    }
  }
});

test("a browser without storage draws the same need on one page", () => {
  useStorage(undefined);
  assert.equal(drawnNeed(NEEDS), drawnNeed(NEEDS));
});

test("where nothing is asked nothing is drawn", () => {
  openTab();
  assert.equal(drawnNeed([]), undefined);
});
