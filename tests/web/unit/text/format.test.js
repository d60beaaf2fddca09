import assert from "node:assert/strict";
import { test } from "node:test";

import * as format from "../../../../web/assets/text/format.js";

test("fees are a range, a limit or unknown", () => {
  const fees = (from, to) =>
    format.feesInWords({ weekly_fee_from: from, weekly_fee_to: to });
  assert.equal(fees(950, 1200), "£950 to £1,200 a week");
  assert.equal(fees(950, 950), "£950 a week");
  assert.equal(fees(950.5, 1200), "£950.50 to £1,200 a week");
  assert.equal(fees(950, null), "From £950 a week");
  assert.equal(fees(null, 1200), "Up to £1,200 a week");
  assert.equal(fees(null, null), "No fees given. Phone the home to ask.");
});

test("a telephone link holds nothing but the number", () => {
  assert.deepEqual(format.telephone("01632 960 001 (day)"), {
    text: "01632 960 001 (day)",
    href: "tel:01632960001",
  });
  assert.equal(format.telephone("+44 1632 960001").href, "tel:+441632960001");
  assert.equal(format.telephone("01632960001").text, "01632 960001");
  assert.equal(format.telephone("none"), null);
  assert.equal(format.telephone(null), null);
});

test("phone numbers are spaced where their length is known", () => {
  assert.equal(format.spacedPhone("01632960001"), "01632 960001");
  assert.equal(format.spacedPhone("999"), "999");
});

test("a website link leads to a website and nothing else", () => {
  assert.equal(
    format.website("www.example.org/home").href,
    "https://www.example.org/home",
  );
  assert.equal(
    format.website("http://example.org").href,
    "http://example.org/",
  );
  assert.equal(format.website("javascript:alert(1)"), null);
  assert.equal(format.website("data:text/html,x"), null);
  assert.equal(format.website("not a host"), null);
  assert.equal(format.website(""), null);
});

test("a team is named by its slug", () => {
  assert.equal(format.teamName("exeter-discharge"), "Exeter discharge");
});

test("one is singular and everything else is plural", () => {
  assert.equal(format.plural(1, "bed"), "1 bed");
  assert.equal(format.plural(0, "bed"), "0 beds");
  assert.equal(format.plural(2, "search", "searches"), "2 searches");
});

test("words are joined with commas and one conjunction", () => {
  assert.equal(format.listed([]), "");
  assert.equal(format.listed(["a"]), "a");
  assert.equal(format.listed(["a", "b"]), "a and b");
  assert.equal(format.listed(["a", "b", "c"]), "a, b and c");
  assert.equal(format.either(["a", "b", "c"]), "a, b or c");
});
