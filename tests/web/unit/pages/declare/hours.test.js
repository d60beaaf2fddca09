import assert from "node:assert/strict";
import { test } from "node:test";

import {
  periodsInWords,
  problemIn,
  readClock,
  readPeriods,
} from "../../../../../web/assets/pages/declare/hours.js";

test("a time is read as people type it", () => {
  const times = {
    8: "08:00",
    "8am": "08:00",
    "8 AM": "08:00",
    8.3: null,
    "8.30": "08:30",
    "08:30": "08:30",
    1430: "14:30",
    "2.30pm": "14:30",
    "12am": "00:00",
    "12pm": "12:00",
    noon: "12:00",
    midnight: "24:00",
    "24:00": "24:00",
    "24:30": null,
    25: null,
    "8:60": null,
    "13pm": null,
    soon: null,
    "": null,
  };
  for (const [text, time] of Object.entries(times))
    assert.equal(readClock(text), time, text);
});

test("the hours of a day are read as people type them", () => {
  const days = {
    "": [],
    none: [],
    "all day": ["00:00-24:00"],
    "8am to 8pm": ["08:00-20:00"],
    "08:00-12:00, 14:00-20:00": ["08:00-12:00", "14:00-20:00"],
    "8 until 12 and 2pm to midnight": ["08:00-12:00", "14:00-24:00"],
    "8pm – 2am": ["20:00-02:00"],
    "8am": null,
    "8am to": null,
    "8 to 8": null,
    "midnight to 8": null,
    "8 to 10 to 12": null,
    mornings: null,
  };
  for (const [text, periods] of Object.entries(days))
    assert.deepEqual(readPeriods(text), periods, text);
});

test("hours that are written read back", () => {
  for (const periods of [[], ["00:00-24:00"], ["08:00-12:00", "14:00-24:00"]])
    assert.deepEqual(readPeriods(periodsInWords(periods)), periods);
});

test("periods that cannot be are named", () => {
  assert.equal(problemIn("8am to 8pm"), "");
  assert.equal(problemIn("8pm to 2am"), "");
  assert.equal(problemIn("none"), "");
  assert.match(problemIn("mornings"), /must be hours/);
  assert.match(problemIn("8 to 12, 11 to 13"), /overlap/);
  assert.match(problemIn("8pm to 2am, 23:00 to 24:00"), /overlap/);
  assert.match(problemIn("1 to 2, 3 to 4, 5 to 6, 7 to 8"), /3 periods/);
});
