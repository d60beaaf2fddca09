import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import {
  homesWithUnsentOfOthers,
  readDraft,
  readUnsent,
  removeUnsent,
  storeDraft,
  storeUnsent,
} from "../../../../../web/assets/pages/update/drafts.js";

const HOME = "1-9000000001";
const me = { id: "me", groups: [], homes: [HOME], teams: [], isCouncil: false };
const colleague = { ...me, id: "colleague" };
const change = {
  key: "first",
  location_id: HOME,
  home_name: "Larkrise House",
  edits: {},
};

// As where the browser allows no storage: then the page keeps it in memory.
beforeEach(() => {
  for (const each of [me, colleague]) {
    const stored = readUnsent(each, HOME);
    if (stored) removeUnsent(each, stored);
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
