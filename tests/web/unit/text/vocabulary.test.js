import assert from "node:assert/strict";
import { test } from "node:test";

import { admissionInWords } from "../../../../web/assets/text/vocabulary.js";

test("a closed home says why and until when", () => {
  assert.equal(admissionInWords({ status: "open" }), "Open to admissions");
  assert.equal(
    admissionInWords({ status: "closed", reason: "outbreak" }),
    "Closed to admissions: outbreak of infection",
  );
  assert.equal(
    admissionInWords(
      { status: "closed", reason: "outbreak", expected_date: "2026-12-01" },
      "2026-12-01",
    ),
    "Closed to admissions: outbreak of infection, until about 1 December 2026",
  );
});

test("a day of reopening that has passed is not shown as one to come", () => {
  assert.equal(
    admissionInWords(
      { status: "closed", reason: "outbreak", expected_date: "2026-12-01" },
      "2026-12-02",
    ),
    "Closed to admissions: outbreak of infection. It expected to reopen on 1 December 2026, and has not said that it did",
  );
});
