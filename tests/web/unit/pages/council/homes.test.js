import assert from "node:assert/strict";
import { test } from "node:test";

import {
  addressOf,
  csvRows,
  hasFilters,
  oldestSaid,
  parseQuery,
  percentage,
  selectHomes,
} from "../../../../../web/assets/pages/council/homes.js";

const home = (name, other) => ({
  location_id: "1-9000000001",
  name,
  local_authority: "Exampleshire",
  postcode: "EX2 5DW",
  admission_status: { status: "open" },
  confirmed_at: "2026-11-22T02:14:00Z",
  said_at: { general_nursing: "2026-11-22T02:14:00Z" },
  likelihood: "no_beds",
  listings: [],
  searches: 0,
  reminder_value: 0,
  capacity: { general_nursing: 10 },
  free: {},
  ...other,
});
const homes = [
  home("Ash", {
    location_id: "1-9000000002",
    reminder_value: 0.2,
    confirmed_at: "2026-11-21T00:00:00Z",
    said_at: {
      general_nursing: "2026-11-21T00:00:00Z",
      transitional: "2026-11-01T00:00:00Z",
    },
    admission_status: { status: "closed", reason: "outbreak" },
  }),
  home("birch 2", {
    free: { general_nursing: 2 },
    likelihood: "phone_first",
  }),
  home("Birch 10", {
    likelihood: "never",
    reminder_value: 0.55,
    confirmed_at: undefined,
    said_at: undefined,
    postcode: "EX4 1AA",
  }),
];
const names = (search) =>
  selectHomes(homes, parseQuery(search)).map(({ name }) => name);

test("the home whose answer is worth most is first", () => {
  assert.deepEqual(names(""), ["Birch 10", "Ash", "birch 2"]);
  assert.deepEqual(names("?sort=worth"), ["birch 2", "Ash", "Birch 10"]);
});

test("a home is as old as the count that it said longest ago", () => {
  assert.deepEqual(names("?sort=said"), ["Birch 10", "Ash", "birch 2"]);
  assert.equal(oldestSaid(homes[0]), "2026-11-01T00:00:00Z");
});

test("homes are sorted by how likely a bed is still there", () => {
  assert.deepEqual(names("?sort=-chance"), ["birch 2", "Ash", "Birch 10"]);
});

test("names are sorted as people sort them", () => {
  assert.deepEqual(names("?sort=name"), ["Ash", "birch 2", "Birch 10"]);
  assert.deepEqual(names("?sort=-name"), ["Birch 10", "birch 2", "Ash"]);
});

test("homes with equal vacancies are sorted by name", () => {
  assert.deepEqual(names("?sort=-vacancies"), ["birch 2", "Ash", "Birch 10"]);
});

test("every word must be in the name, postcode, area or id", () => {
  assert.deepEqual(names("?q=birch+ex25dw"), ["birch 2"]);
  assert.deepEqual(names("?q=10+BIRCH"), ["Birch 10"]);
  assert.deepEqual(names("?q=birch+elm"), []);
  assert.deepEqual(names("?q=1-9000000002"), ["Ash"]);
  assert.deepEqual(names("?q=exampleshire").length, 3);
});

test("homes are filtered by the chance of a free bed", () => {
  assert.deepEqual(names("?chance=unsure"), ["birch 2"]);
  assert.deepEqual(names("?chance=never"), ["Birch 10"]);
});

test("homes are filtered by admission status and area", () => {
  assert.deepEqual(names("?status=closed"), ["Ash"]);
  assert.deepEqual(names("?authority=Elsewhere"), []);
});

test("an address holds only what is not the default, and is read back", () => {
  const query = parseQuery("?q=ash&sort=-vacancies");
  assert.equal(addressOf(query), "/council.html?q=ash&sort=-vacancies");
  assert.equal(addressOf(parseQuery("")), "/council.html");
});

test("an order that does not exist is the default order", () => {
  assert.equal(parseQuery("?sort=nonsense").sort, "-worth");
  assert.equal(parseQuery("?sort=__proto__").sort, "-worth");
});

test("an order alone is no filter", () => {
  assert.equal(hasFilters(parseQuery("?sort=name")), false);
  assert.equal(hasFilters(parseQuery("?q=ash")), true);
});

test("only none is 0% and only all is 100%", () => {
  assert.equal(percentage(0, 300), "0%");
  assert.equal(percentage(0, 0), "0%");
  assert.equal(percentage(1, 300), "1%");
  assert.equal(percentage(132, 300), "44%");
  assert.equal(percentage(299, 300), "99%");
  assert.equal(percentage(300, 300), "100%");
});

test("homes where the council is not placing can be picked out", () => {
  const marked = home("Oak", { placing_stop: { since: "2026-11-03" } });
  const pick = (placing) =>
    selectHomes(
      [marked, ...homes],
      parseQuery(`?sort=name&placing=${placing}`),
    ).map(({ name }) => name);
  assert.deepEqual(pick("stopped"), ["Oak"]);
  assert.deepEqual(pick("yes"), ["Ash", "birch 2", "Birch 10"]);
  assert.equal(hasFilters(parseQuery("?placing=stopped")), true);
});

test("the file says since when, and where that did not load", () => {
  const since = (placing_stop) => {
    const [headings, row] = csvRows([home("Oak", { placing_stop })]);
    return row[headings.indexOf("Not placing since")];
  };
  assert.equal(since({ since: "2026-11-03" }), "2026-11-03");
  assert.equal(since(undefined), undefined);
  assert.equal(since(null), "not known");
});

test("the file has a row for each home and a column for each kind of bed", () => {
  const [headings, ...rows] = csvRows([
    home("Ash", {
      phone: "01632960001",
      free: { general_nursing: 2, transitional: 1 },
      likelihood: "likely",
      listings: [
        {
          chance: 0.774,
          likelihood: "likely",
          chance_basis: { category: "general_nursing" },
        },
      ],
      searches: 7,
      reminder_value: 0.15,
      reminded_at: "2026-11-22T09:30:00Z",
      capacity: { general_nursing: 10, transitional: 5 },
      admission_status: {
        status: "closed",
        reason: "outbreak",
        expected_date: "2026-12-01",
      },
    }),
  ]);
  const row = Object.fromEntries(
    headings.map((heading, number) => [heading, rows[0][number]]),
  );
  assert.equal(rows.length, 1);
  assert.equal(row["Name"], "Ash");
  assert.equal(row["Local authority"], "Exampleshire");
  assert.equal(row["Phone"], "01632 960001");
  assert.equal(row["Chance of a free bed"], "Likely");
  assert.equal(row["Searches nearby"], 7);
  assert.equal(row["Worth of a reminder"], 0.15);
  assert.equal(row["Reminded today at (UTC)"], "2026-11-22 09:30");
  assert.equal(row["Said at (UTC): General nursing"], "2026-11-22 02:14");
  assert.equal(row["Chance: General nursing"], 0.774);
  assert.equal(row["Chance: Dementia nursing"], undefined);
  assert.equal(row["Confirmed at (UTC)"], "2026-11-22 02:14");
  assert.equal(row["Admissions"], "closed");
  assert.equal(row["Reason for closing"], "Outbreak of infection");
  assert.equal(row["Expected to reopen"], "2026-12-01");
  assert.equal(row["Beds"], 15);
  assert.equal(row["Vacancies"], 3);
  assert.equal(row["Vacancies: General nursing"], 2);
  assert.equal(row["Vacancies: Dementia nursing"], 0);
});
