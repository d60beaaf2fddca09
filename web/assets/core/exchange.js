// One request and its response, without a sign-in: for pages that load next to nothing, and for api.js.

import { NoResponse, Refusal } from "./failures.js";

const TIMEOUT_MS = 20000;

/**
 * Send a request without a token, and return the JSON of the response.
 *
 * Throws NoResponse or Refusal.
 * @param {string} method
 * @param {string} path
 * @param {{ body: unknown }} options sent as JSON
 * @returns {Promise<any>}
 */
export async function exchange(method, path, { body }) {
  return read(await send(method, path, body, undefined, null));
}

/**
 * Send a request, with a token or without one.
 *
 * Throws NoResponse.
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @param {Record<string, string> | undefined} headers
 * @param {string | null} token
 */
export async function send(method, path, body, headers, token) {
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

/**
 * Read the JSON of a response.
 *
 * Throws NoResponse or Refusal.
 * @param {{ status: number, ok: boolean, text: string }} response
 */
export function read({ status, ok, text }) {
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
