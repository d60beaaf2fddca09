import assert from "node:assert/strict";
import { test } from "node:test";

import {
  emailProblem,
  homeIdIn,
  homeOption,
  noRoleInWords,
  readRole,
  roleInWords,
  teamSlug,
} from "../../../../../web/assets/pages/people/roles.js";

test("a role is written with its home or team", () => {
  assert.equal(roleInWords({ role: "council" }), "Council officer");
  assert.equal(
    roleInWords({ role: "team:exeter-discharge" }),
    "Discharge team member: Exeter discharge",
  );
  assert.equal(
    roleInWords({ role: "home:1-9000000001", home: "Larkrise House" }),
    "Care home staff: Larkrise House (1-9000000001)",
  );
  assert.equal(
    roleInWords({ role: "home:1-9000000001" }),
    "Care home staff: 1-9000000001, no longer listed",
  );
  const old = { role: "home:1-9000000001", home: "Larkrise House" };
  assert.equal(
    roleInWords({ ...old, registration: "deregistered" }),
    "Care home staff: Larkrise House (1-9000000001), no longer registered at CQC and not in search",
  );
});

test("someone who is disabled is never said to be able to sign in", () => {
  assert.match(noRoleInWords("active"), /can sign in but cannot see anything/);
  for (const state of ["waiting", "disabled"])
    assert.doesNotMatch(noRoleInWords(state), /can sign in/, state);
});

test("a team has one slug, however its name is typed", () => {
  assert.equal(teamSlug("  Some Ward's   Team "), "some-ward-s-team");
  assert.equal(teamSlug("!"), "");
  assert.equal(teamSlug("\ufeffWa\u200brd\u00a07"), "ward-7");
});

test("a home is read from the list or from its id alone", () => {
  const home = { name: "The (Old) Mill", location_id: "1-9000000001" };
  assert.equal(homeIdIn(homeOption(home)), "1-9000000001");
  assert.equal(homeIdIn("1-9000000001"), "1-9000000001");
  assert.equal(homeIdIn("rj866"), "RJ866");
  for (const text of [
    "1-9000\u200b000001\u00a0",
    "1\u20119000000001",
    "Mill ( 1-9000000001 )",
  ])
    assert.equal(homeIdIn(text), "1-9000000001", text);
  assert.equal(homeIdIn("The Old Mill"), null);
  assert.equal(homeIdIn(""), null);
});

test("a role needs its home or its team", () => {
  assert.deepEqual(readRole("council", ""), { role: "council" });
  assert.deepEqual(readRole("home", "1-9000000001"), {
    role: "home:1-9000000001",
  });
  assert.deepEqual(readRole("team", "Ward 7"), { role: "team:ward-7" });
  assert.match(readRole("home", "").problem, /^Choose a home from the list/);
  assert.match(readRole("team", "!").problem, /^Enter the name of the team/);
});

test("an email address has a name and a domain", () => {
  assert.equal(emailProblem("a.carer@example.org"), null);
  assert.equal(emailProblem("Ann Carer <a.carer@example.org>"), null);
  assert.equal(emailProblem("a.carer@exa\u200bmple.org\u00a0"), null);
  for (const text of ["", "ward 7", "carer@example", "@example.org"]) {
    assert.match(emailProblem(text), /^Enter an email address/, text);
  }
});
