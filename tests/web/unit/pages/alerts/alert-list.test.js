import assert from "node:assert/strict";
import { test } from "node:test";

import { filtersInWords } from "../../../../../web/assets/pages/alerts/alert-list.js";

const alert = { beds: 1, categories: [], service_user_bands: [], needs: [] };

test("an alert without filters is about any bed", () => {
  assert.deepEqual(filtersInWords(alert), ["1 bed: any kind"]);
});

test("each filter of an alert has its line", () => {
  const filters = {
    beds: 2,
    categories: ["general_nursing", "dementia_nursing"],
    service_user_bands: ["Dementia", "Older People"],
    needs: ["pet", "oxygen"],
    funding: "council_rate",
    min_rating: "Good",
  };
  assert.deepEqual(filtersInWords({ ...alert, ...filters }), [
    "At least 2 beds of one kind: general nursing or dementia nursing",
    "Cares for: Dementia and Older People",
    "Needs: Pet and Oxygen",
    "Funding: The council's rate",
    "CQC rating: Good or better",
  ]);
});
