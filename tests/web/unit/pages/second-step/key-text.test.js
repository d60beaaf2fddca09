import assert from "node:assert/strict";
import { test } from "node:test";

import {
  codeIn,
  inGroups,
  linkOf,
} from "../../../../../web/assets/pages/second-step/key-text.js";

const key = {
  secret: "JBSWY3DPEHPK3PXP",
  email: "jo+beds@example.org",
  council: "Hill & Dale: County Council",
};

test("an authenticator app opens the link under the name of the service and the account", () => {
  const link = new URL(linkOf(key));
  assert.equal(link.protocol, "otpauth:");
  assert.equal(link.searchParams.get("secret"), key.secret);
  const issuer = "Bedboard Hill & Dale  County Council";
  assert.equal(link.searchParams.get("issuer"), issuer);
  assert.equal(
    decodeURIComponent(link.pathname.split("/").pop()),
    `${issuer}:${key.email}`,
  );
});

test("a key is typed in groups of four", () => {
  assert.equal(inGroups("JBSWY3DPEHPK3PX"), "JBSW Y3DP EHPK 3PX");
});

test("a code is read with the space that apps show in it", () => {
  assert.equal(codeIn("123 456"), "123456");
  assert.equal(codeIn(" 012345\u200b"), "012345");
});

test("anything but six digits is no code", () => {
  for (const text of ["", "12345", "1234567", "12345a", "JBSWY3"])
    assert.equal(codeIn(text), null);
});
