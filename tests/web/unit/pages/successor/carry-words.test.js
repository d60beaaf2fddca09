import assert from "node:assert/strict";
import { test } from "node:test";

import {
  outcomeInWords,
  partLines,
  partResults,
  personNote,
  whyNotOffered,
} from "../../../../../web/assets/pages/successor/carry-words.js";

const counts = {
  maximum_capacity: 10,
  occupied: 8,
  reserved: 0,
  accepting: 2,
  not_available: 0,
};

test("bed counts are shown with their old date, and a closed home as closed", () => {
  const value = {
    beds: { general_nursing: counts },
    admission_status: /** @type {const} */ ({
      status: "closed",
      reason: "outbreak",
    }),
    confirmed_at: new Date(Date.now() - 3 * 24 * 3600 * 1000).toISOString(),
  };
  assert.deepEqual(partLines({ part: "vacancies", state: "ready", value }), [
    "General nursing: 2 free of 10",
    "Closed to admissions: outbreak of infection",
    "Confirmed 3 days ago under the old ID. That date stays.",
  ]);
});

test("a home that only closed has no date of counts", () => {
  const value = {
    beds: {},
    admission_status: /** @type {const} */ ({ status: "closed" }),
  };
  assert.equal(
    partLines({ part: "vacancies", state: "ready", value }).length,
    1,
  );
});

test("promises are listed as questions", () => {
  const value = {
    needs: {
      pet: /** @type {const} */ ("yes"),
      couple: /** @type {const} */ ("yes"),
    },
    funding: ["chc"],
    weekly_fee_from: 950,
    description: "x",
  };
  const [intro, ...lines] = partLines({
    part: "questions",
    state: "ready",
    value,
  });
  assert.match(intro, /need not keep them/);
  assert.deepEqual(lines, [
    "Says yes to Couple and Pet",
    "Accepts: NHS continuing healthcare",
    "From £950 a week",
    "The text about the home",
  ]);
});

test("what was said of the building is shown with its old date", () => {
  const value = {
    needs: {
      step_free: /** @type {const} */ ("no"),
      en_suite: /** @type {const} */ ("yes"),
    },
    needs_said_on: { moving: "2025-03-01", room: "2025-09-01" },
  };
  assert.deepEqual(partLines({ part: "building", state: "ready", value }), [
    "Says yes to En suite",
    "Says no to No steps",
    "Said on 1 March 2025 under the old ID. That date stays.",
  ]);
});

test("a part that is not offered says why", () => {
  const value = {};
  assert.equal(
    whyNotOffered({ part: "vacancies", state: "carried", value }),
    "Carried over already.",
  );
  assert.equal(
    whyNotOffered({
      part: "vacancies",
      state: "refused",
      why: "It posted.",
      value,
    }),
    "It posted.",
  );
});

test("each part's result is told on its own", () => {
  const response = /** @type {Api.CarriedOver} */ ({
    carried: ["vacancies"],
    not_carried: [{ part: "website", why: "It said another." }],
  });
  const results = partResults(response);
  assert.deepEqual(
    results.map((each) => [each.key, each.isDone]),
    [
      ["part:vacancies", true],
      ["part:website", false],
    ],
  );
  assert.deepEqual(outcomeInWords(results), [
    "warning",
    "Saved, but 1 thing did not work",
  ]);
  assert.deepEqual(outcomeInWords(results.slice(0, 1)), ["success", "Saved"]);
});

test("a person who has the new id already is told apart", () => {
  const person = /** @type {Api.Person} */ ({
    state: "waiting",
    roles: [{ role: "home:1-9000000002" }],
  });
  assert.equal(
    personNote(person, "1-9000000002"),
    " (has the new ID already; this removes the old one; has not signed in yet)",
  );
  assert.equal(
    personNote({ ...person, state: "active", roles: [] }, "1-9000000002"),
    "",
  );
});
