import assert from "node:assert/strict";
import { test } from "node:test";

import {
  countRows,
  csvRow,
  leavingInWords,
  missingAuthorityInWords,
  problemsOf,
  resultInWords,
  toCheckInWords,
  whatToDo,
} from "../../../../../web/assets/pages/directory/import-words.js";

const refused = {
  row: 12,
  location_id: "1-9000000010",
  result: "unreadable",
  why: "Care home? must be Y, N or blank; Postcode is missing",
};

test("results that did not occur are left out, except new homes", () => {
  assert.deepEqual(countRows({ changed: 1, unchanged: 1200, closed: 0 }), [
    ["New homes", "0"],
    ["Home updated", "1"],
    ["Homes unchanged", "1,200"],
  ]);
});

test("each problem of a row has its own line", () => {
  assert.deepEqual(problemsOf(refused), [
    "Care home? must be Y, N or blank",
    "Postcode is missing",
  ]);
  assert.deepEqual(
    problemsOf({ row: 2, location_id: null, result: "new" }),
    [],
  );
});

test("what was read otherwise than it stands there is told of its row", () => {
  const noted = {
    row: 2,
    location_id: "1-9000000001",
    result: "new",
    note: "One; Two",
  };
  assert.deepEqual(problemsOf(noted), ["One", "Two"]);
  assert.equal(
    toCheckInWords(3, 0),
    "Show only rows that were not imported (3)",
  );
  assert.equal(
    toCheckInWords(3, 1),
    "Show only rows with a problem or a note (4)",
  );
});

test("a row that was not imported says what to do", () => {
  assert.match(whatToDo(refused), /^Correct row 12 in the file/);
  assert.match(
    whatToDo({ ...refused, result: "dormant" }),
    /not appear in search/,
  );
  assert.match(
    whatToDo({ ...refused, result: "deregistered" }),
    /has left CQC's register/,
  );
  assert.equal(whatToDo({ ...refused, result: "new" }), "");
});

test("a result that the page does not know is shown as it is", () => {
  assert.equal(resultInWords("new"), "New");
  assert.equal(resultInWords("something else"), "something else");
});

test("an authority that the file spells otherwise is named with the spellings", () => {
  const words = (...nearest) =>
    missingAuthorityInWords({ local_authority: "Bristol", nearest });
  assert.match(
    words("Bristol, City of"),
    /^There is no care home of “Bristol” in this file\. The file has “Bristol, City of”\./,
  );
  assert.match(words("A", "B"), /The file has “A” or “B”\./);
  assert.match(words(), /Check that the file is for the right area\.$/);
});

test("homes that would leave search are counted, with their share", () => {
  const words = (missing, dormant, before) =>
    leavingInWords({
      active_before: before,
      would_close: Array(missing).fill("1-9000000001"),
      would_be_dormant: Array(dormant).fill("1-9000000002"),
    });
  assert.match(
    words(138, 0, 310),
    /^138 homes are not in this file\. 138 of your 310 homes \(45%\) would/,
  );
  assert.match(
    words(0, 1, 310),
    /^1 home is dormant in this file\. 1 of your 310 homes \(1%\) would/,
  );
  assert.match(
    words(7, 3, 10),
    /\. All of your 10 homes would no longer appear/,
  );
  assert.match(
    words(2, 3, 20),
    /^2 homes are not in this file and 3 homes are dormant in this file\./,
  );
});

test("the file of the report has a row for each row", () => {
  assert.deepEqual(csvRow(refused), [
    12,
    "1-9000000010",
    "Not imported",
    "Care home? must be Y, N or blank; Postcode is missing",
    whatToDo(refused),
  ]);
});
