// Sends requests to the API. Whatever goes wrong is one of the failures in failures.js.

import { NoResponse, Refusal, SignInNeeded } from "./failures.js";
import { accessToken } from "./sign-in.js";

const TIMEOUT_MS = 20000;

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
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @param {Record<string, string> | undefined} headers
 * @param {string | null} token
 */
async function send(method, path, body, headers, token) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`/api${path}`, {
      method,
      cache: "no-store",
      signal: abort.signal,
      headers: {
        Accept: "application/json",
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body ? { "Content-Type": "application/json" } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
    });
    return { status: response.status, ok: response.ok, text: await response.text() };
  } catch (error) {
    throw new NoResponse(String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** @param {{ status: number, ok: boolean, text: string }} response */
function read({ status, ok, text }) {
  // Too busy, or no function to answer: it is safe to send the same request again.
  if (status === 429 || status >= 500) throw new NoResponse(`status ${status}`, status);
  let content;
  try {
    content = text ? JSON.parse(text) : null;
  } catch {
    // A network's own sign-in page, say. The API's own 403 is JSON: another is a firewall's.
    throw new NoResponse("the response is not Bedboard's", status === 403 ? status : null);
  }
  if (ok) return content;
  throw new Refusal(status, content || {});
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
