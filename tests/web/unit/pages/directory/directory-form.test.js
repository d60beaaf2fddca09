import assert from "node:assert/strict";
import { test } from "node:test";

import { fileProblem } from "../../../../../web/assets/pages/directory/directory-form.js";

const file = (name, size = 1000) => ({ name, size });

test("a directory is a CSV file, a workbook or an OpenDocument sheet", () => {
  for (const name of ["directory.csv", "Directory.XLSX", "a.b.ods"]) {
    assert.equal(fileProblem(file(name)), null, name);
  }
});

test("a file that cannot be a directory is refused with what to do", () => {
  assert.equal(fileProblem(undefined), "Choose a file to import");
  assert.match(fileProblem(file("directory.xls")), /^Save the file as \.xlsx/);
  assert.match(fileProblem(file("directory.zip")), /^Unzip the file/);
  assert.match(fileProblem(file("directory.pdf")), /^Choose a \.csv, \.xlsx/);
  assert.match(fileProblem(file("directory")), /^Choose a \.csv, \.xlsx/);
  assert.match(fileProblem(file("directory.csv", 0)), /^The file is empty/);
});

test("a file may have 60 megabytes", () => {
  assert.equal(fileProblem(file("directory.csv", 60_000_000)), null);
  assert.match(
    fileProblem(file("directory.csv", 60_000_001)),
    /^The file is 61 MB\. Choose a file of 60 MB or less/,
  );
});
