import assert from "node:assert/strict";
import { test } from "node:test";

import { PAGES, startOf } from "../../../../web/assets/core/menu.js";

const someone = {
  id: "x",
  groups: [],
  homes: [],
  teams: [],
  isCouncil: false,
  needsSecondStep: false,
};

test("everyone starts at the page of what they do", () => {
  assert.equal(
    startOf({ ...someone, homes: ["1-9000000001"] }),
    "/update.html",
  );
  assert.equal(
    startOf({ ...someone, teams: ["exeter-discharge"] }),
    "/search.html",
  );
  assert.equal(startOf({ ...someone, isCouncil: true }), "/council.html");
  assert.equal(startOf(someone), null);
});

test("only the council sees who may sign in", () => {
  const people = PAGES.find(({ href }) => href === "/people.html");
  assert.equal(
    people.isFor({ ...someone, teams: ["exeter-discharge"] }),
    false,
  );
  assert.equal(people.isFor({ ...someone, isCouncil: true }), true);
});
