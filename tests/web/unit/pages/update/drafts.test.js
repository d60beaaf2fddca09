import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import {
  homesWithUnsentOfOthers,
  readDraft,
  readUnsent,
  removeUnsent,
  removeUnsigned,
  storeDraft,
  storeUnsent,
  storeUnsigned,
  unsignedChanges,
} from "../../../../../web/assets/pages/update/drafts.js";

const HOME = "1-9000000001";
const me = {
  id: "me",
  groups: [],
  homes: [HOME],
  teams: [],
  isCouncil: false,
  needsSecondStep: false,
};
const colleague = { ...me, id: "colleague" };
const change = {
  key: "first",
  location_id: HOME,
  home_name: "Larkrise House",
  made_at: new Date().toISOString(),
  edits: {},
};

// As where the browser allows no storage: then the page keeps it in memory.
beforeEach(() => {
  for (const each of [me, colleague]) {
    const stored = readUnsent(each, HOME);
    if (stored) removeUnsent(each, stored);
    for (const { key } of unsignedChanges(each)) removeUnsigned(key);
  }
});

test("a draft without edits is removed", () => {
  storeDraft(me, HOME, {
    version: 1,
    edits: { transitional: { accepting: "1" } },
  });
  assert.equal(readDraft(me, HOME).version, 1);
  assert.equal(readDraft(colleague, HOME), null);
  storeDraft(me, HOME, { version: 1, edits: {} });
  assert.equal(readDraft(me, HOME), null);
});

test("a newer unsent change of another tab is not removed", () => {
  storeUnsent(me, change);
  storeUnsent(me, { ...change, key: "second" });
  removeUnsent(me, change);
  assert.equal(readUnsent(me, HOME).key, "second");
});

test("homes with an unsent change of someone else are named", () => {
  storeUnsent(colleague, change);
  assert.deepEqual(homesWithUnsentOfOthers(me), ["Larkrise House"]);
  assert.deepEqual(homesWithUnsentOfOthers(colleague), []);
});

test("someone else's change is not named to staff of other homes", () => {
  storeUnsent(colleague, change);
  assert.deepEqual(
    homesWithUnsentOfOthers({ ...me, homes: ["1-9000000002"] }),
    [],
  );
});

test("an id that begins as another does is another person", () => {
  storeUnsent({ ...me, id: "me.too" }, change);
  assert.deepEqual(homesWithUnsentOfOthers(me), ["Larkrise House"]);
  removeUnsent({ ...me, id: "me.too" }, change);
});

test("what nobody was signed in for is for the home's staff alone, oldest first", () => {
  const older = {
    ...change,
    key: "older",
    made_at: new Date(Date.now() - 1000).toISOString(),
  };
  storeUnsigned(me, change);
  storeUnsigned(me, older);
  const keys = (/** @type {any} */ who) =>
    unsignedChanges(who).map(({ key }) => key);
  assert.deepEqual(keys(me), ["older", "first"]);
  assert.deepEqual(keys(colleague), ["older", "first"]);
  assert.deepEqual(keys({ ...me, homes: ["1-9000000002"] }), []);
  assert.equal(readUnsent(me, HOME), null);
  removeUnsigned("older");
  assert.deepEqual(keys(colleague), ["first"]);
});

test("what waits is deleted seven days after it was made, however often it was tried", () => {
  const made_at = new Date(Date.now() - 7 * 24 * 60 * 60 * 1000).toISOString();
  storeUnsent(me, { ...change, made_at });
  storeUnsigned(me, { ...change, made_at });
  assert.equal(readUnsent(me, HOME), null);
  assert.deepEqual(unsignedChanges(me), []);
});
