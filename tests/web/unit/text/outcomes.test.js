import assert from "node:assert/strict";
import { test } from "node:test";

import { goneInWords } from "../../../../web/assets/text/outcomes.js";

const NOW = Date.parse("2026-11-03T15:00:00Z");
const TODAY = "2026-11-03T10:40:00.000Z";

test("one team that was told is told of with the time", () => {
  const gone = { teams: 1, told_at: TODAY, disputed: false };
  assert.equal(
    goneInWords(gone, NOW),
    "A team was told at 10:40am today that it has gone.",
  );
});

test("two teams within a day dispute it, and two further apart do not", () => {
  const gone = { teams: 2, told_at: TODAY, disputed: false };
  const text = "2 teams were told that it has gone, the last at 10:40am today.";
  assert.equal(goneInWords(gone, NOW), text);
  assert.equal(
    goneInWords({ ...gone, disputed: true }, NOW),
    `Disputed: ${text}`,
  );
});
