import assert from "node:assert/strict";
import { test } from "node:test";

import {
  answersInWords,
  hoursInWords,
  needLines,
  termsInWords,
} from "../../../../web/assets/text/declaration.js";

const WORKING = ["08:00-20:00"];

test("what a home answered stands under each answer; what it has not said is nowhere", () => {
  assert.deepEqual(answersInWords({}), []);
  assert.deepEqual(
    answersInWords({ needs: { pet: "no", hoist: "yes", peg: "yes" } }),
    [
      ["Says yes to", ["PEG feeding", "Hoist"]],
      ["Says no to", ["Pet"]],
    ],
  );
});

test("days with the same hours stand together", () => {
  const week = Object.fromEntries(
    ["monday", "tuesday", "wednesday", "thursday", "friday"].map((day) => [
      day,
      WORKING,
    ]),
  );
  const hours = {
    ...week,
    ...{
      saturday: ["09:00-12:00", "14:00-16:00"],
      sunday: [],
      bank_holiday: ["00:00-24:00"],
    },
    same_day_before: "14:00",
  };
  assert.deepEqual(hoursInWords(/** @type {any} */ (hours)), [
    "Monday to Friday: 08:00 to 20:00",
    "Saturday: 09:00 to 12:00 and 14:00 to 16:00",
    "Sunday: no admissions",
    "Bank holidays: at any time",
    "Ask before 14:00 for the same day",
  ]);
});

test("terms are lines to read", () => {
  assert.deepEqual(termsInWords({}), []);
  const home = {
    ...{
      funding: ["council_rate", "top_up"],
      top_up_from: 45,
      respite_nights: 1,
    },
    ...{
      assesses_by: ["video", "trusted_assessor"],
      assesses_within_hours: 24,
    },
    also_as: { general_residential: ["dementia_residential"] },
  };
  assert.deepEqual(termsInWords(home), [
    "Accepts: The council's rate and The council's rate with a top-up",
    "Top-up from £45 a week",
    "Respite for at least 1 night",
    "Assesses by video call and by a trusted assessor",
    "Assesses within 24 hours",
    "General residential beds may also be dementia residential",
  ]);
});

test("a change of answers names each need", () => {
  assert.deepEqual(
    needLines({ peg: "yes", pet: "no" }, { peg: "ask", hoist: "yes" }),
    ["PEG feeding: ask (was yes)", "Hoist: yes", "Pet: not said any more"],
  );
});
