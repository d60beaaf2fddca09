import assert from "node:assert/strict";
import { test } from "node:test";

import { changeInWords } from "../../../../../web/assets/pages/home/change-in-words.js";

const counts = {
  maximum_capacity: 10,
  occupied: 7,
  reserved: 0,
  accepting: 3,
  not_available: 0,
};

test("a home without an earlier state was added from the register", () => {
  assert.deepEqual(
    changeInWords({ action: "imported", is: { name: "Elms" } }),
    ["Added from CQC's register", []],
  );
});

test("bed counts say what became free and what is no longer offered", () => {
  const was = {
    beds: {
      general_nursing: counts,
      transitional: counts,
      dementia_nursing: counts,
    },
  };
  const is = {
    beds: {
      general_nursing: { ...counts, accepting: 4, occupied: 6 },
      dementia_nursing: { ...counts, occupied: 6, reserved: 1 },
      general_residential: counts,
    },
  };
  assert.deepEqual(changeInWords({ action: "updated", was, is }), [
    "Vacancies updated",
    [
      "General residential: 3 free of 10",
      "General nursing: 4 free (was 3)",
      "Dementia nursing: bed counts changed",
      "Transitional: no longer offered",
    ],
  ]);
});

test("an edited page says what was added, removed and changed", () => {
  const was = {
    website: "x.example",
    weekly_fee_from: 950,
    description: "A",
  };
  const is = {
    website: null,
    weekly_fee_from: 1000,
    description: "B",
  };
  assert.deepEqual(changeInWords({ action: "edited", was, is }), [
    "Page edited",
    ["Website: removed", "Fees from: £1,000 a week", "Description changed"],
  ]);
});

test("closing says why, and positions and versions are not shown", () => {
  const is = {
    admission_status: { status: "closed", reason: "staffing" },
    version: 3,
    latitude: 50.7,
    local_authority: "Devon",
  };
  assert.deepEqual(changeInWords({ action: "updated", was: {}, is })[1], [
    "Closed to admissions: not enough staff",
    "Local authority changed",
  ]);
});

test("a date that was given or went is named, as it was said then", () => {
  const nursing = (/** @type {object} */ more) => ({
    general_nursing: { ...counts, ...more },
  });
  const day = { available_from: "2020-12-01" };
  const lines = (/** @type {object} */ was, /** @type {object} */ is) =>
    changeInWords({
      action: "confirmed",
      was: { beds: was },
      is: { beds: is },
    })[1];
  assert.deepEqual(lines(nursing({}), nursing(day)), [
    "General nursing: next bed free on 1 December 2020",
  ]);
  assert.deepEqual(lines(nursing(day), nursing({})), [
    "General nursing: no date for the next free bed",
  ]);
  const shut = {
    status: "closed",
    reason: "outbreak",
    expected_date: "2020-12-01",
  };
  assert.deepEqual(
    changeInWords({
      ...{ action: "updated", was: { admission_status: { status: "open" } } },
      is: {
        admission_status: shut,
        admission_status_at: "2020-11-01T09:00:00.000Z",
      },
    })[1],
    [
      "Closed to admissions: outbreak of infection, until about 1 December 2020",
    ],
  );
});
