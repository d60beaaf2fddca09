import assert from "node:assert/strict";
import { test } from "node:test";

import {
  pathsFor,
  toldIn,
  withTold,
} from "../../../../../web/assets/pages/search/told-of-homes.js";

const homes = (count) =>
  Array.from({ length: count }, (_, number) => ({
    location_id: `1-90000000${number + 10}`,
  }));
const gone = { told_at: "2026-11-27T10:40:00.000Z", teams: 1, disputed: false };
const dispute = {
  location_id: "1-9000000010",
  category: "general_nursing",
  said_at: "2026-11-27T09:00:00.000Z",
  gone,
};
const hoist = {
  location_id: "1-9000000010",
  asked: "hoist",
  taken: 4,
  requests: 5,
};
const home = {
  location_id: "1-9000000010",
  chance_basis: {
    category: "general_nursing",
    said_at: "2026-11-27T09:00:00.000Z",
  },
};

test("the homes that are shown are asked for, and nothing is said of a need", () => {
  assert.deepEqual(pathsFor(homes(2)), [
    "/disputes?home=1-9000000010&home=1-9000000011",
  ]);
});

test("where no home is shown nothing is asked for", () => {
  assert.deepEqual(pathsFor([]), []);
});

test("each request asks for 25 homes at most, and every home is asked for once", () => {
  const paths = pathsFor(homes(60));
  const asked = paths.map((path) =>
    new URLSearchParams(path.split("?")[1]).getAll("home"),
  );
  assert.deepEqual(
    asked.map((each) => each.length),
    [25, 25, 10],
  );
  assert.deepEqual(
    asked.flat(),
    homes(60).map((each) => each.location_id),
  );
});

test("what every answer says is laid over the homes that it is of", () => {
  const told = toldIn([
    { disputes: [dispute], requests: [] },
    { disputes: [], requests: [hoist] },
  ]);
  assert.deepEqual(withTold(home, told, ["hoist"]), {
    ...home,
    gone,
    requests: [hoist],
  });
  assert.deepEqual(withTold(home, told, ["peg"]), { ...home, gone });
  const other = { ...home, location_id: "1-9000000011" };
  assert.deepEqual(withTold(other, told, ["hoist"]), other);
});

test("a mark is of one post: after the next it is not laid over the home", () => {
  const told = toldIn([{ disputes: [dispute], requests: [] }]);
  const later = {
    ...home,
    chance_basis: {
      category: "general_nursing",
      said_at: "2026-11-27T11:00:00.000Z",
    },
  };
  assert.deepEqual(withTold(later, told, []), later);
});

test("a home is shown as it is where nothing loaded", () => {
  assert.equal(withTold(home, null, ["hoist"]), home);
});
