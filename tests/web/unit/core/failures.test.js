import assert from "node:assert/strict";
import { test } from "node:test";

import {
  errorsAtFields,
  NoResponse,
  noResponseInWords,
  refusalInWords,
} from "../../../../web/assets/core/failures.js";

const errors = [
  {
    field: "beds.dementia_nursing",
    detail: "Value error, more than there are",
  },
];

test("a refusal names each field, or says what the API says", () => {
  const lines = refusalInWords({ status: 422, problem: { errors } });
  assert.deepEqual(lines, [
    "beds.dementia_nursing: Value error, more than there are",
  ]);
  assert.deepEqual(
    refusalInWords({ status: 409, problem: { detail: "Not now." } }),
    ["Not now."],
  );
  assert.deepEqual(refusalInWords({ status: 409, problem: {} }), [
    "Bedboard refused this (status 409).",
  ]);
});

test("someone without access is told to ask the council", () => {
  const [line] = refusalInWords({
    status: 403,
    problem: { detail: "forbidden" },
  });
  assert.match(line, /Ask your council/);
});

test("an error leads to the field that it is about", () => {
  const fields = { beds: { id: "bed-counts", name: "Beds" } };
  assert.deepEqual(
    errorsAtFields({ status: 422, problem: { errors } }, fields),
    [{ text: "Beds: more than there are", href: "#bed-counts" }],
  );
  assert.deepEqual(errorsAtFields({ status: 422, problem: { errors } }, {}), [
    { text: "beds: more than there are", href: null },
  ]);
  assert.equal(errorsAtFields({ status: 409, problem: {} }, fields), null);
});

test("a fault of Bedboard is not told as one of the connection", () => {
  const heading = (status) =>
    noResponseInWords(new NoResponse("", status)).heading;
  assert.equal(heading(null), "No connection");
  assert.equal(noResponseInWords(new NoResponse()).heading, "No connection");
  assert.equal(heading(429), "Bedboard is busy");
  assert.equal(heading(403), "A firewall blocked this");
  for (const status of [500, 502, 503, 504]) {
    assert.equal(heading(status), "Bedboard is not working");
  }
});
