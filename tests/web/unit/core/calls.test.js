import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import {
  forgetCall,
  noteCall,
  notedCall,
} from "../../../../web/assets/core/calls.js";

const HOUR = 60 * 60 * 1000;
const MORNING = Date.parse("2026-11-27T10:00:00Z");
const LISTING = {
  category: "general_nursing",
  said_at: "2026-11-27T08:00:00.000Z",
  listed: 2,
};
const LATER = { ...LISTING, said_at: "2026-11-27T10:05:00.000Z", listed: 1 };

const before = Object.getOwnPropertyDescriptor(globalThis, "sessionStorage");
const useStorage = (storage) =>
  Object.defineProperty(globalThis, "sessionStorage", {
    value: storage,
    configurable: true,
  });

beforeEach(() => {
  const values = new Map();
  useStorage({
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
  });
});

afterEach(() => {
  delete globalThis.sessionStorage;
  if (before) Object.defineProperty(globalThis, "sessionStorage", before);
});

test("a call is noted with what was listed, whatever the home posts later", () => {
  noteCall("a", LISTING, MORNING);
  assert.deepEqual(notedCall("a", MORNING + HOUR), {
    calledAt: MORNING,
    listing: LISTING,
  });
  assert.equal(notedCall("b", MORNING), null);
});

test("a second press within a minute is of the same call", () => {
  noteCall("a", LISTING, MORNING);
  noteCall("a", LISTING, MORNING + 59_000);
  assert.equal(notedCall("a", MORNING + HOUR).calledAt, MORNING);
  noteCall("a", LISTING, MORNING + 60_000);
  assert.equal(notedCall("a", MORNING + HOUR).calledAt, MORNING + 60_000);
});

test("a call about a later post, or another category, is another call", () => {
  noteCall("a", LISTING, MORNING);
  noteCall("a", LATER, MORNING + 1);
  assert.deepEqual(notedCall("a", MORNING + 1).listing, LATER);
  const other = { ...LATER, category: "dementia_nursing" };
  noteCall("a", other, MORNING + 2);
  assert.deepEqual(notedCall("a", MORNING + 2).listing, other);
});

test("nobody is asked about a call of twelve hours ago, or one that was answered", () => {
  noteCall("a", LISTING, MORNING);
  noteCall("b", LISTING, MORNING);
  assert.ok(notedCall("a", MORNING + 12 * HOUR - 1));
  assert.equal(notedCall("a", MORNING + 12 * HOUR), null);
  forgetCall("a");
  assert.equal(notedCall("a", MORNING), null);
  assert.ok(notedCall("b", MORNING));
});

test("without storage no call is noted, and nothing fails", () => {
  useStorage(undefined);
  noteCall("a", LISTING, MORNING);
  assert.equal(notedCall("a", MORNING), null);
});
