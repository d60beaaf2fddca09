import assert from "node:assert/strict";
import { test } from "node:test";

import { questionsOf } from "../../../../../web/assets/pages/update/passed-days.js";

/** @type {any} */
const HOME = {
  beds: {
    dementia_nursing: { accepting: 0, available_from: "2026-10-18" },
    general_nursing: { accepting: 1, available_from: "2026-11-22" },
    transitional: { accepting: 1 },
  },
  admission_status: {
    status: "closed",
    reason: "other",
    expected_date: "2026-11-01",
  },
};

test("a home is asked about each day that has passed, its reopening first", () => {
  assert.deepEqual(questionsOf(HOME, "2026-11-22"), [
    "You expected to reopen on 1 November 2026. Are you open again?",
    "You said that a dementia nursing bed would be free on 18 October 2026. Is it free now?",
  ]);
});

test("a home is not asked about days to come", () => {
  assert.deepEqual(questionsOf(HOME, "2026-10-18"), []);
});
