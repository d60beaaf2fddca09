import assert from "node:assert/strict";
import { test } from "node:test";

import { csvOf } from "../../../../web/assets/components/csv.js";

const withoutMark = (text) => text.replace(/^\uFEFF/, "");

test("a file has Excel's mark and ends each line as RFC 4180 asks", () => {
  assert.equal(csvOf([["Name", "Beds"]]), "\uFEFFName,Beds\r\n");
  assert.equal(withoutMark(csvOf([[1], [2]])), "1\r\n2\r\n");
});

test("cells are quoted where they have to be", () => {
  assert.equal(
    withoutMark(csvOf([['The "Elms", Exeter', "a\nb", "plain"]])),
    '"The ""Elms"", Exeter","a\nb",plain\r\n',
  );
});

test("a cell without a value is empty, and none is not nothing", () => {
  assert.equal(withoutMark(csvOf([[null, undefined, 0, ""]])), ",,0,\r\n");
});

test("no cell is a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"]) {
    assert.match(withoutMark(csvOf([[text]])), /^"'/, text);
  }
  assert.equal(withoutMark(csvOf([["1-9000000001"]])), "1-9000000001\r\n");
});
