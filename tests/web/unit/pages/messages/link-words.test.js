import assert from "node:assert/strict";
import { test } from "node:test";

import {
  canAllow,
  outcomeInWords,
  questionInWords,
} from "../../../../../web/assets/pages/messages/link-words.js";

const link = {
  purpose: "stop",
  protocol: "sms",
  location_id: "1-9000000001",
  name: "Larkrise House",
  address: "+44*******123",
  state: "confirmed",
};
const all = (given) =>
  JSON.stringify([questionInWords(given), outcomeInWords(given)]);

test("someone reached by text reads of texts, never of emails", () => {
  for (const purpose of ["confirm", "stop"]) {
    for (const state of ["pending", "confirmed", "opted_out", "unsubscribed"]) {
      assert.doesNotMatch(
        all({ ...link, purpose, state }),
        /email/i,
        `${purpose} ${state}`,
      );
    }
  }
  assert.equal(questionInWords(link).press, "Stop the texts");
});

test("someone who has not agreed is not told that they get messages", () => {
  const [soFar] = questionInWords({ ...link, state: "pending" }).lines;
  assert.match(soFar, /^Someone asked us to send you reminders/);
  assert.match(soFar, /You get no texts unless you agree\./);
});

test("only an address that was deleted is said to be deleted", () => {
  for (const state of ["pending", "confirmed", "bounced", "opted_out"]) {
    for (const purpose of ["confirm", "stop"]) {
      assert.doesNotMatch(
        all({ ...link, protocol: "email", purpose, state }),
        /we deleted/i,
      );
    }
  }
  for (const state of ["unsubscribed", "complained"]) {
    assert.match(
      outcomeInWords({ ...link, state }).text,
      /deleted your address/,
    );
  }
});

test("a mailbox that refuses emails can still be taken off", () => {
  const given = { ...link, protocol: "email", state: "bounced" };
  assert.match(
    questionInWords(given).lines[0],
    /We send no emails now, because your mailbox/,
  );
  assert.equal(questionInWords({ ...given, purpose: "confirm" }), null);
  assert.match(
    outcomeInWords({ ...given, purpose: "confirm" }).heading,
    /cannot send you emails/,
  );
});

test("only the link that stopped messages can allow invitations again", () => {
  const allowing = [
    "pending",
    "confirmed",
    "bounced",
    "unsubscribed",
    "complained",
  ].filter((state) => canAllow({ ...link, state }));
  assert.deepEqual(allowing, ["unsubscribed", "complained"]);
  for (const state of allowing) {
    assert.match(
      outcomeInWords({ ...link, state }).text,
      /unless you allow it/,
    );
    assert.equal(canAllow({ ...link, purpose: "confirm", state }), false);
  }
});
