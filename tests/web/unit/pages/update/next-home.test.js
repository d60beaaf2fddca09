import assert from "node:assert/strict";
import { test } from "node:test";

import {
  byUrgency,
  mostUrgent,
} from "../../../../../web/assets/pages/update/next-home.js";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const home = (name, confirmed_at) => ({ name, confirmed_at });
const FRESH = home("A", "2026-11-22T08:00:00Z");
const AGEING = home("B", "2026-11-20T08:00:00Z");
const STALE = home("C", "2026-11-01T08:00:00Z");
const NEVER = home("D", undefined);

test("the oldest bed counts come first, then the name decides", () => {
  const homes = [FRESH, NEVER, AGEING, STALE];
  assert.deepEqual(byUrgency(homes, NOW), [STALE, NEVER, AGEING, FRESH]);
});

test("the next home is one that is not fresh", () => {
  assert.equal(mostUrgent([FRESH, AGEING], NOW), AGEING);
  assert.equal(mostUrgent([FRESH], NOW), undefined);
});
