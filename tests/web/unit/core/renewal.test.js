import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isOpen,
  makeRenewal,
  WORKING_DAY_MS,
} from "../../../../web/assets/core/renewal.js";

let number = 0;

/** An issuer that takes each refresh token once, and ends the session where one comes again. */
function makeIssuer() {
  const issuer = {
    requests: 0,
    ended: false,
    current: `first-${(number += 1)}`,
  };
  issuer.renew = async ({ refresh_token }) => {
    issuer.requests += 1;
    if (issuer.ended || refresh_token !== issuer.current) {
      issuer.ended = true;
      return null;
    }
    issuer.current = `${refresh_token}+`;
    return {
      access_token: `access ${issuer.current}`,
      refresh_token: issuer.current,
    };
  };
  return issuer;
}

/** Tabs that hear one another, and of which one acts at a time. */
function makeTabs(issuer, count, options = {}) {
  const tabs = [];
  let last = Promise.resolve();
  let busy = 0;
  const exclusively = (act) => {
    const waited = busy > 0;
    busy += 1;
    const turn = last.then(() => act(waited)).finally(() => (busy -= 1));
    last = turn.catch(() => null);
    return turn;
  };
  for (let each = 0; each < count; each += 1) {
    const tab = {
      session: { access_token: "old", refresh_token: issuer.current },
      closed: false,
    };
    tab.renewal = makeRenewal({
      ...{ exclusively, ...options },
      load: async () => tab.session,
      renew: async (session) => {
        const renewed = await issuer.renew(session);
        if (renewed) tab.session = renewed;
        return renewed;
      },
      adopt: async (session) => (tab.session = session),
      post: (message) => {
        for (const other of tabs) {
          if (other !== tab && !other.closed)
            setTimeout(() => other.renewal.hear(message));
        }
      },
    });
    tabs.push(tab);
  }
  return tabs;
}

const isOld = ({ access_token }) => access_token === "old";

test("several requests of a tab renew its sign-in once", async () => {
  const issuer = makeIssuer();
  const [tab] = makeTabs(issuer, 1);
  const sessions = await Promise.all(
    [1, 2, 3].map(() => tab.renewal.renewOnce(isOld)),
  );
  assert.equal(issuer.requests, 1);
  assert.deepEqual(new Set(sessions.map((each) => each.access_token)).size, 1);
  await tab.renewal.renewOnce(isOld); // a request whose refusal came late
  assert.equal(issuer.requests, 1);
});

test("tabs that share a sign-in renew it once", async () => {
  const issuer = makeIssuer();
  const tabs = makeTabs(issuer, 3);
  const sessions = await Promise.all(
    tabs.map((each) => each.renewal.renewOnce(isOld)),
  );
  assert.equal(issuer.requests, 1);
  assert.deepEqual(
    sessions.map((each) => each.refresh_token),
    tabs.map(() => issuer.current),
  );
});

test("a tab that slept while another renewed twice is given the newest", async () => {
  const issuer = makeIssuer();
  const [awake, asleep] = makeTabs(issuer, 2);
  asleep.closed = true;
  await awake.renewal.renewOnce(isOld);
  await awake.renewal.renewOnce(() => true);
  asleep.closed = false;
  assert.equal(
    (await asleep.renewal.renewOnce(isOld)).refresh_token,
    issuer.current,
  );
  assert.equal(issuer.requests, 2);
});

test("a refresh token that a closed tab has used is not sent again", async () => {
  const issuer = makeIssuer();
  const [gone, left] = makeTabs(issuer, 2, { longAnswerMs: 1 });
  left.closed = true;
  await gone.renewal.renewOnce(isOld);
  gone.closed = true;
  assert.equal(await left.renewal.renewOnce(isOld), null);
  assert.equal(issuer.ended, false);
});

test("a failed renewal can be tried again", async () => {
  const issuer = makeIssuer();
  const [tab] = makeTabs(issuer, 1);
  const { renew } = issuer;
  issuer.renew = async () => {
    throw new TypeError("no network");
  };
  await assert.rejects(tab.renewal.renewOnce(isOld), TypeError);
  issuer.renew = renew;
  assert.equal(
    (await tab.renewal.renewOnce(isOld)).refresh_token,
    issuer.current,
  );
});

test("a sign-in that was left for a working day is not used again", () => {
  const expiry = 1_800_000_000;
  const now = expiry * 1000;
  const session = {
    access_token: "old",
    refresh_token: "once",
    expires_at: expiry,
  };
  assert.equal(isOpen(session, now - 1), true);
  assert.equal(isOpen(session, now + WORKING_DAY_MS - 1), true);
  assert.equal(isOpen(session, now + WORKING_DAY_MS), false);
  assert.equal(isOpen({ access_token: "old", expires_at: expiry }, now), false);
  assert.equal(isOpen({ access_token: "old" }, now), true);
});
