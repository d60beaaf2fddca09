import assert from "node:assert/strict";
import { test } from "node:test";

import {
  chancesInWords,
  closedInWords,
} from "../../../../../web/assets/pages/council/chance-figures.js";
import { districts } from "../../../../../web/assets/pages/council/vacancy-charts.js";

test("how sure the listed beds are is in words", () => {
  const words = (very_likely, likely, uncertain, phone_first) =>
    chancesInWords({ very_likely, likely, uncertain, phone_first });
  assert.equal(
    words(6, 2, 3, 1),
    "12 homes list a free bed. At 8 of them (67%) it is likely still there, at 4 it is uncertain.",
  );
  assert.equal(
    words(1, 0, 0, 0),
    "1 home lists a free bed, each likely still there.",
  );
  assert.equal(words(0, 0, 0, 0), "No home lists a free bed.");
});

test("closed homes are counted in words", () => {
  assert.equal(closedInWords(0), "Every home is open to admissions.");
  assert.match(closedInWords(1), /^1 home is closed to admissions\. Its/);
  assert.match(closedInWords(2), /^2 homes are closed to admissions\. Their/);
});

test("the homes of a postcode district are added up", () => {
  const home = (postcode, likelihood, status, vacancies) => ({
    postcode,
    likelihood,
    admission_status: { status },
    free: { general_nursing: vacancies },
  });
  const areas = districts([
    home("EX2 5DW", "likely", "open", 2),
    home("EX2 4AA", "no_beds", "closed", 0),
    home("EX20 1AA", "uncertain", "open", 1),
  ]);
  assert.deepEqual(areas, [
    { name: "EX2", homes: 2, closed: 1, unsure: 0, vacancies: 2 },
    { name: "EX20", homes: 1, closed: 0, unsure: 1, vacancies: 1 },
  ]);
});
