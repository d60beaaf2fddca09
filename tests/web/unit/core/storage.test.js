import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import {
  forget,
  forgetExpired,
  names,
  read,
  write,
} from "../../../../web/assets/core/storage.js";

/** A browser's storage, of which `Object.keys` gives the names. */
class Storage {
  getItem(name) {
    return name in this ? this[name] : null;
  }
  setItem(name, value) {
    this[name] = value;
  }
  removeItem(name) {
    delete this[name];
  }
}

const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
const useStorage = (storage) =>
  Object.defineProperty(globalThis, "localStorage", {
    value: storage,
    configurable: true,
  });

beforeEach(() => names("").forEach((name) => forget(name)));

afterEach(() => {
  delete globalThis.localStorage;
  if (before) Object.defineProperty(globalThis, "localStorage", before);
});

test("values are stored under the site's own prefix, as JSON", () => {
  const storage = new Storage();
  storage.setItem("another-site", "1");
  useStorage(storage);
  write("draft.me.home", { version: 2 }, Date.now() + 1000);
  const stored = JSON.parse(storage.getItem("bedboard.draft.me.home"));
  assert.deepEqual(stored.value, { version: 2 });
  assert.deepEqual(read("draft.me.home"), { version: 2 });
  assert.deepEqual(names("draft."), ["draft.me.home"]);
  assert.deepEqual(names(""), ["draft.me.home"]);
  forget("draft.me.home");
  assert.equal(read("draft.me.home"), null);
});

test("a value is removed once its last moment has passed", () => {
  const storage = new Storage();
  storage.setItem("another-site", "1");
  useStorage(storage);
  write("draft.me.home", { version: 2 }, 2000);
  write("draft.colleague.home", { version: 3 }, 3000);
  assert.deepEqual(read("draft.me.home", 1999), { version: 2 });
  assert.equal(read("draft.me.home", 2000), null);
  assert.deepEqual(names(""), ["draft.colleague.home"]);
  forgetExpired(3000);
  assert.deepEqual(Object.keys(storage), ["another-site"]);
});

test("without storage the page itself keeps the values", () => {
  useStorage(undefined);
  write("draft.me.home", { version: 2 }, Date.now() + 1000);
  assert.deepEqual(read("draft.me.home"), { version: 2 });
  assert.deepEqual(names("draft."), ["draft.me.home"]);
  forget("draft.me.home");
  assert.equal(read("draft.me.home"), null);
});
