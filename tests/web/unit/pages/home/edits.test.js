import assert from "node:assert/strict";
import { test } from "node:test";

import {
  conflictsOf,
  editsOf,
  errorsOf,
  feeText,
  valueInWords,
} from "../../../../../web/assets/pages/home/edits.js";

const home = {
  weekly_fee_from: 950,
  weekly_fee_to: 1200,
  vacancies_phone: "01632 960002",
  website: null,
  description: null,
};
const values = {
  weekly_fee_from: "950",
  weekly_fee_to: "1200",
  vacancies_phone: "01632 960002",
  website: "",
  description: "",
};

test("unchanged fields are no edits", () => {
  assert.deepEqual(editsOf(home, values), {});
});

test("an empty field removes what was there", () => {
  assert.deepEqual(
    editsOf(home, { ...values, vacancies_phone: "", weekly_fee_to: "" }),
    {
      vacancies_phone: null,
      weekly_fee_to: null,
    },
  );
});

test("a fee may be typed with a pound sign and a comma", () => {
  const edited = { ...values, weekly_fee_from: "£1,000" };
  assert.deepEqual(errorsOf(edited), []);
  assert.deepEqual(editsOf(home, edited), { weekly_fee_from: 1000 });
});

test("a fee may have pence, and say that it is for a week", () => {
  const fees = {
    "950.50": 950.5,
    "£1,200.00": 1200,
    "£950 per week": 950,
    "950pw": 950,
    "£950.5 a week": 950.5,
  };
  for (const [weekly_fee_from, amount] of Object.entries(fees)) {
    const edited = { ...values, weekly_fee_from, weekly_fee_to: "" };
    assert.deepEqual(errorsOf(edited), [], weekly_fee_from);
    const same = { ...home, weekly_fee_from: 1, weekly_fee_to: null };
    assert.deepEqual(editsOf(same, edited), { weekly_fee_from: amount });
  }
  assert.deepEqual([950, 950.5, null].map(feeText), ["950", "950.50", ""]);
  assert.equal(valueInWords(950.5), "950.50");
});

test("a fee is an amount within the limit", () => {
  for (const weekly_fee_from of [
    "lots",
    "0",
    "20001",
    "9.505",
    "1.2.3",
    "-1",
    "900-950",
  ]) {
    const [error] = errorsOf({ ...values, weekly_fee_from });
    assert.equal(error.href, "#weekly_fee_from", weekly_fee_from);
    assert.equal(
      error.text,
      "Weekly fee from must be an amount from £1 to £20,000, such as 950 or 950.50",
    );
  }
});

test("the highest fee is at least the lowest", () => {
  assert.deepEqual(errorsOf({ ...values, weekly_fee_to: "900" }), [
    { href: "#weekly_fee_to", text: "Weekly fee up to must be £950 or more" },
  ]);
});

test("a description that is too long says by how much", () => {
  const [error] = errorsOf({ ...values, description: "x".repeat(501) });
  assert.equal(
    error.text,
    "About the home must be 500 characters or fewer. Remove 1 character",
  );
  assert.deepEqual(errorsOf({ ...values, description: "x".repeat(500) }), []);
});

test("only what two people changed differently is a conflict", () => {
  const edits = {
    weekly_fee_from: 1000,
    weekly_fee_to: 1300,
    description: "By the river.",
  };
  const current = {
    ...home,
    weekly_fee_from: 980,
    description: "By the river.",
    website: "x.example",
  };
  assert.deepEqual(conflictsOf(edits, home, current), ["weekly_fee_from"]);
  assert.deepEqual(conflictsOf(edits, home, home), []);
});

test("a value is written in words", () => {
  assert.equal(valueInWords(null), "none");
  assert.equal(valueInWords(980), "980");
});
