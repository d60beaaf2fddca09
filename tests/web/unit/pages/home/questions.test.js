import assert from "node:assert/strict";
import { test } from "node:test";

import { changeInWords } from "../../../../../web/assets/pages/home/change-in-words.js";
import { questionsOf } from "../../../../../web/assets/pages/home/questions.js";

const CAME = { home_before: { location_id: "1-9000000001", carried: [] } };

test("each promise of the home before is a question", () => {
  const said = {
    funding: ["council_rate"],
    assesses_within_hours: 24,
    also_as: { general_nursing: ["general_residential"] },
    weekly_fee_from: 950,
    description: "By the river.",
  };
  assert.deepEqual(
    questionsOf(said).map(({ names, text }) => [...names, text]),
    [
      [
        "funding",
        "Who pays. The home before said: “Accepts: The council's rate”",
      ],
      [
        "assessment",
        "How it assesses. The home before said: “Assesses within 24 hours”",
      ],
      [
        "also_as",
        "What its beds may be used as. The home before said: “General nursing beds may also be general residential”",
      ],
      ["weekly_fees", "The home before said: fees from £950 a week"],
      ["description", "The home before said: “By the river.”"],
    ],
  );
});

test("the answers to a group of needs are one question, with the day on which they were given", () => {
  /** @type {Api.Promises} */
  const said = {
    needs: { peg: "ask", oxygen: "yes", stoma: "yes", pet: "no" },
    needs_said_on: { care: "2025-03-01" },
  };
  assert.deepEqual(questionsOf(said), [
    {
      id: "care",
      names: ["peg", "oxygen", "stoma"],
      text: "Nursing and medical care. The home before said: yes to Oxygen and Stoma; ask about PEG feeding (on 1 March 2025)",
    },
    {
      id: "person",
      names: ["pet"],
      text: "The person's life. The home before said: no to Pet",
    },
  ]);
});

test("where nothing is left to say, nothing is asked", () => {
  assert.deepEqual(questionsOf({}), []);
});

test("the history says where a home came from, and not that a question was answered", () => {
  const before = CAME.home_before;
  const came = {
    action: /** @type {const} */ ("carried_over"),
    was: {},
    is: CAME,
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
