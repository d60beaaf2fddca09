import assert from "node:assert/strict";
import { test } from "node:test";

import { csvOf } from "../../../../../web/assets/components/csv.js";
import {
  binInWords,
  calibrationCsvRows,
  calibrationInWords,
  groupInWords,
  headline,
  judgement,
  rateCsvRows,
  rateInWords,
  rowsBy,
} from "../../../../../web/assets/pages/truth/figures.js";

const none = { n: 0 };
const few = { n: 10, rate: 0.9, low: 0.6694, high: 0.9821 };
const many = { n: 100, rate: 0.93, low: 0.8773, high: 0.9636 };
const group = (id, truth, fit = none) => ({ group: id, truth, fit });
const truth = {
  since: "2025-11-27",
  least_in_public: 30,
  audited: {
    whole: { truth: many, fit: none },
    by: {
      month: [group("2026-09", few), group("2026-10", many)],
      category: [],
      age: [group("0-1", many)],
    },
  },
  reported: {
    whole: { truth: few, fit: few },
    by: {
      month: [group("2026-10", few, few), group("2026-11", few, few)],
      category: [
        group("dementia_nursing", few),
        group("general_residential", { n: 3 }),
      ],
      age: [group("30-", few), group("3-7", few)],
    },
  },
};
const bin = (from, said, seen, apart = false) => ({ from, said, seen, apart });

test("enough calls are said with the range of the true rate", () => {
  assert.deepEqual(headline(many, 30), {
    heading: "93%",
    lines: [
      "93 of 100 listings still had a bed when the council telephoned.",
      "The true rate lies between 88% and 96%, 9 times in 10.",
    ],
    isEnough: true,
  });
});

test("too few calls say how many are missing", () => {
  const { heading, lines, isEnough } = headline(few, 30);
  assert.equal(heading, "Too few calls to say");
  assert.equal(isEnough, false);
  assert.match(lines[0], /^9 of 10 listings/);
  assert.match(lines[2], /^20 more calls in which the home answers/);
  assert.match(headline({ ...few, n: 29 }, 30).lines[2], /^1 more call in/);
});

test("without any call no rate is invented", () => {
  const { heading, lines } = headline(none, 30);
  assert.equal(heading, "There is no figure yet");
  assert.match(lines[0], /^It takes 30 calls/);
});

test("a group that only one side knows stands beside the others", () => {
  const rows = rowsBy(truth, "month");
  assert.deepEqual(
    rows.map((row) => [row.group, row.audited.n, row.reported.n, row.fit.n]),
    [
      ["2026-11", 0, 10, 10],
      ["2026-10", 100, 10, 10],
      ["2026-09", 10, 0, 0],
    ],
  );
});

test("kinds of bed and ages stand in their usual order", () => {
  const groups = (grouping) =>
    rowsBy(truth, grouping).map((row) => groupInWords(grouping, row.group));
  assert.deepEqual(groups("category"), [
    "General residential",
    "Dementia nursing",
  ]);
  assert.deepEqual(groups("age"), [
    "Less than a day",
    "3 to 6 days",
    "30 days or more",
  ]);
});

test("a month has its name", () => {
  assert.equal(groupInWords("month", "2026-11"), "November 2026");
});

test("a rate has its range and its calls beside it", () => {
  assert.deepEqual(rateInWords(many), {
    rate: "93%",
    basis: "88% to 96%, 100 calls",
  });
  assert.deepEqual(rateInWords({ n: 1 }), {
    rate: "Not shown",
    basis: "1 call, all about one home",
  });
  assert.deepEqual(rateInWords(none), { rate: "–", basis: "No calls" });
});

test("only a bin with enough calls is judged", () => {
  const seen = { ...many, n: 49 };
  assert.equal(
    judgement(bin(0.9, 0.95, seen), 50),
    "Too few calls: 1 more needed",
  );
  assert.equal(judgement(bin(0.9, 0.95, many), 50), "Close");
  assert.equal(judgement(bin(0.8, 0.82, many, true), 50), "Apart");
  assert.equal(binInWords(bin(0.7, 0.75, many)), "70% to 80%");
});

test("one sentence says whether chances are what calls found", () => {
  const said = (...bins) => calibrationInWords({ bins, least_judged: 50 });
  assert.match(said(bin(0.9, 0.95, few)), /^No row has the 50 calls yet/);
  const close = bin(0.9, 0.95, many);
  assert.match(said(close), /^Of 1 row with 50 calls or more, all are close/);
  const apart = bin(0.8, 0.82, many, true);
  assert.match(
    said(apart, close),
    /^Of 2 rows with 50 calls or more, 1 is apart: search said 82%, calls found 93%\. An accident/,
  );
});

test("the files hold every figure, and none that is not shown", () => {
  const lines = csvOf(rateCsvRows(truth)).split("\r\n");
  assert.ok(
    lines.includes("2025-11-27,,,council,bed there,100,0.93,0.8773,0.9636"),
  );
  assert.ok(
    lines.includes(
      "2025-11-27,category,General residential,teams,bed there,3,,,",
    ),
  );
  const bins = [bin(0.9, 0.95, many)];
  assert.deepEqual(calibrationCsvRows({ bins, least_judged: 50 }).slice(1), [
    [0.9, 0.95, 100, 0.93, 0.8773, 0.9636, "Close"],
  ]);
});
