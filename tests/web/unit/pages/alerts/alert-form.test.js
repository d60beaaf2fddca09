import assert from "node:assert/strict";
import { test } from "node:test";

import {
  errorsOf,
  listIn,
} from "../../../../../web/assets/pages/alerts/alert-form.js";

test("a list in an address is repeated or has commas", () => {
  const parameters = new URLSearchParams("category=a,+b&category=c");
  assert.deepEqual(listIn(parameters, "category"), ["a", "b", "c"]);
  assert.deepEqual(listIn(parameters, "need"), []);
});

test("an alert needs a postcode", () => {
  assert.deepEqual(errorsOf({ near: "", beds: 1 }), [
    { href: "#alert-near", text: "Enter a postcode, like EX2 5DW" },
  ]);
  assert.deepEqual(errorsOf({ near: "EX2", beds: 1 }), []);
});

test("the number of beds is a whole number from 1 to 1000", () => {
  for (const beds of [0, -1, 1.5, 1001, NaN]) {
    const [error] = errorsOf({ near: "EX2", beds });
    assert.equal(error.href, "#alert-beds", String(beds));
  }
  assert.deepEqual(errorsOf({ near: "EX2", beds: 1000 }), []);
});
