import assert from "node:assert/strict";
import { test } from "node:test";

import { csvOf } from "../../../../../web/assets/components/csv.js";
import {
  byDistrict,
  csvRows,
  selectRows,
  valuesOf,
} from "../../../../../web/assets/pages/demand/rows.js";
import {
  periodInWords,
  wantedInWords,
} from "../../../../../web/assets/text/demand.js";

const row = (district, need, homes, category = "general_nursing") => ({
  district,
  category,
  need,
  searches: 7,
  homes_saying_yes: homes,
});
const rows = [
  row("EX10", "hoist", 0),
  row("EX2", "peg", 3),
  row("EX2", "hoist", 0, "any"),
];
const week = {
  id: "2026-W47",
  span: "week",
  first: "2026-11-16",
  last: "2026-11-22",
};
const all = { district: "", category: "", unmet: false };

test("filters leave the rows that meet all of them", () => {
  assert.deepEqual(selectRows(rows, all), rows);
  assert.deepEqual(
    selectRows(rows, { ...all, district: "EX2" }),
    rows.slice(1),
  );
  assert.deepEqual(selectRows(rows, { ...all, district: "EX2", unmet: true }), [
    rows[2],
  ]);
  assert.deepEqual(selectRows(rows, { ...all, category: "any" }), [rows[2]]);
});

test("districts are in the order of their numbers", () => {
  assert.deepEqual(valuesOf(rows, "district"), ["EX2", "EX10"]);
});

test("a district counts its rows and those that no home says yes to", () => {
  assert.deepEqual(byDistrict(rows).get("EX2"), { wanted: 2, unmet: 1 });
});

test("the file has a row for each row of the table, and no formula", () => {
  const file = csvRows(week, [row("=EX2", "peg", 3)]);
  assert.deepEqual(file[1], [
    ...[
      "2026-11-16",
      "2026-11-22",
      "=EX2",
      "General nursing",
      "PEG feeding",
      7,
      3,
    ],
  ]);
  assert.ok(csvOf(file).includes('"\'=EX2"'));
});

test("everything that is counted has words", () => {
  assert.equal(wantedInWords("evening_admission"), "Admission in the evening");
  assert.equal(wantedInWords("council_rate"), "The council's rate");
  assert.equal(wantedInWords("language_pol"), "Polish");
});

test("a period is named by its first day or its month", () => {
  assert.equal(periodInWords(week), "the week from 16 November 2026");
  const month = {
    id: "2026-11",
    span: "month",
    first: "2026-11-01",
    last: "2026-11-30",
  };
  assert.equal(periodInWords(month), "November 2026");
});
