import assert from "node:assert/strict";
import { test } from "node:test";

import { requestsInWords } from "../../../../web/assets/text/requests.js";

test("it says how many of the last requests were taken, and for what", () => {
  const of = (asked) => requestsInWords({ asked, taken: 4, requests: 5 });
  assert.equal(
    of("general_nursing"),
    "Took 4 of the last 5 requests: general nursing",
  );
  assert.equal(of("hoist"), "Took 4 of the last 5 requests: hoist");
  assert.equal(of("peg"), "Took 4 of the last 5 requests: PEG feeding");
});
