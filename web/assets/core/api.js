// Sends requests to the API. Whatever goes wrong is one of the failures in failures.js.

import { read, send } from "./exchange.js";
import { SignInNeeded } from "./failures.js";
import { accessToken } from "./sign-in.js";

/**
 * @typedef {object} RequestOptions
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string>} [headers]
 * @property {boolean} [anonymous] whether the request goes without a token where there is none
 */

/**
 * Send a request and return the JSON of the response.
 *
 * Throws SignInNeeded, NoResponse or Refusal.
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<any>}
 */
export async function request(method, path, { body, headers, anonymous = false } = {}) {
  let token = await accessToken();
  if (!token && !anonymous) throw new SignInNeeded();
  let response = await send(method, path, body, headers, token);
  if (response.status === 401 && token) {
    token = await accessToken({ refused: token });
    if (token) response = await send(method, path, body, headers, token);
  }
  if (response.status === 401) throw new SignInNeeded();
  return read(response);
}

/**
 * Make a function that sends requests which write something. The same request, sent again after a
 * response was lost, keeps its idempotency key: the API then writes once.
 */
export function keyedSender() {
  let last = { content: "", key: "" };
  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestOptions} options
   */
  return async (method, path, { body, headers }) => {
    const content = JSON.stringify([method, path, body, headers]);
    if (last.content !== content) last = { content, key: newIdempotencyKey() };
    const keyed = { ...headers, "Idempotency-Key": last.key };
    const response = await request(method, path, { body, headers: keyed });
    last = { content: "", key: "" };
    return response;
  };
}

/** Make a key that no other request has. The API writes once for each key. */
export function newIdempotencyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
