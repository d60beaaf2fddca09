import assert from "node:assert/strict";
import { test } from "node:test";

import { changeInWords } from "../../../../../web/assets/pages/home/change-in-words.js";
import { questionsOf } from "../../../../../web/assets/pages/home/questions.js";

/** @param {Api.HomeBefore["said"]} said */
const homeBefore = (said) => ({
  home_before: { location_id: "1-9000000001", carried: [], said },
});

test("each promise of the home before is a question", () => {
  const said = {
    features: ["pets"],
    weekly_fee_from: 950,
    description: "By the river.",
  };
  assert.deepEqual(questionsOf(homeBefore(said)), [
    { name: "pets", text: "The home before said: Pets welcome" },
    {
      name: "weekly_fees",
      text: "The home before said: fees from £950 a week",
    },
    { name: "description", text: "The home before said: “By the river.”" },
  ]);
});

test("a home without an earlier one is asked nothing", () => {
  assert.deepEqual(questionsOf({}), []);
  assert.deepEqual(questionsOf(homeBefore(undefined)), []);
});

test("the history says where a home came from, and not that a question was answered", () => {
  const before = homeBefore(undefined).home_before;
  const came = {
    action: /** @type {const} */ ("carried_over"),
    was: {},
    is: homeBefore(undefined),
  };
  assert.deepEqual(changeInWords(came), [
    "Carried over from the location ID before",
    ["Location ID before: 1-9000000001"],
  ]);
  const answered = {
    was: { home_before: before },
    is: { home_before: before },
  };
  assert.deepEqual(changeInWords({ action: "edited", ...answered })[1], []);
  const back = { was: { home_before: before }, is: { home_before: null } };
  assert.deepEqual(changeInWords({ action: "edited", ...back })[1], [
    "Location ID before: taken back",
  ]);
});
