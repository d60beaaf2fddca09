import assert from "node:assert/strict";
import { test } from "node:test";

import {
  dayRows,
  daysUpTo,
  loadDays,
  seriesInWords,
  vacanciesByDay,
} from "../../../../../web/assets/pages/council/days.js";

const DAYS = ["2026-11-22", "2026-11-21", "2026-11-20"];
const changes = (opened, gone, confirmed = 0) => ({
  opened: { general_nursing: opened },
  gone: { transitional: gone },
  homes_confirmed: confirmed,
});

test("days are counted back from that of the moment, in UTC", () => {
  assert.deepEqual(daysUpTo("2026-03-01T00:10:00Z", 3), [
    "2026-03-01",
    "2026-02-28",
    "2026-02-27",
  ]);
});

test("vacancies at the end of a day are those now without later changes", () => {
  const byDay = new Map([
    [DAYS[0], changes(3, 1)],
    [DAYS[1], changes(0, 4)],
  ]);
  assert.deepEqual(vacanciesByDay(10, DAYS, byDay), [10, 8, 12]);
});

test("before a day that is not known the vacancies are not known", () => {
  const byDay = new Map([
    [DAYS[0], changes(3, 1)],
    [DAYS[1], null],
  ]);
  assert.deepEqual(vacanciesByDay(10, DAYS, byDay), [10, 8, null]);
});

test("the table says which days were not loaded and which are on their way", () => {
  const byDay = new Map([
    [DAYS[0], changes(3, 1, 7)],
    [DAYS[1], null],
  ]);
  assert.deepEqual(dayRows(10, DAYS, byDay), [
    ["Today so far", 10, 3, 1, 7],
    ["21 Nov", 8, "not loaded", "not loaded", "not loaded"],
    ["20 Nov", "not known", "…", "…", "…"],
  ]);
});

test("a day that cannot be loaded does not keep the others from it", async () => {
  const loaded = [];
  await loadDays(DAYS, {
    load: async (day) => {
      if (day === DAYS[1]) throw new Error("no response");
      return day;
    },
    onLoad: (day, value) => loaded.push([day, value]),
    isNeeded: () => true,
  });
  assert.deepEqual(loaded.sort(), [
    [DAYS[2], DAYS[2]],
    [DAYS[1], null],
    [DAYS[0], DAYS[0]],
  ]);
});

test("no more days are loaded for a page that has gone", async () => {
  let isNeeded = true;
  const asked = [];
  await loadDays(DAYS, {
    load: async (day) => {
      asked.push(day);
      isNeeded = false;
    },
    onLoad: () => assert.fail("the page has gone"),
    isNeeded: () => isNeeded,
  });
  assert.deepEqual(asked, [DAYS[0]]);
});

test("a chart is described by its lowest, its highest and today's figure", () => {
  const names = ["20 Nov", "21 Nov", "22 Nov"];
  assert.equal(
    seriesInWords("Vacancies", [4, null, 9], names),
    "Vacancies, 20 Nov to 22 Nov: lowest 4, highest 9, today 9",
  );
  assert.equal(
    seriesInWords("Vacancies", [4, 2, null], names),
    "Vacancies, 20 Nov to 22 Nov: lowest 2, highest 4",
  );
  assert.equal(
    seriesInWords("Vacancies", [null, null, null], names),
    "Vacancies, 20 Nov to 22 Nov: not known yet",
  );
});
