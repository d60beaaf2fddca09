// Asks the API. Whatever goes wrong is one of failures.js.

import { NoAnswer, Refusal, SignInNeeded } from "./failures.js";
import { accessToken } from "./sign-in.js";

const PATIENCE_MS = 20000;

// The answer's JSON. `anonymous`: without a token where there is none.
export async function ask(method, path, { body, headers, anonymous = false } = {}) {
  let token = await accessToken();
  if (!token && !anonymous) throw new SignInNeeded();
  let answer = await sent(method, path, body, headers, token);
  if (answer.status === 401 && token) {
    token = await accessToken({ renewed: true });
    if (token) answer = await sent(method, path, body, headers, token);
  }
  if (answer.status === 401) throw new SignInNeeded();
  return read(answer);
}

async function sent(method, path, body, headers, token) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(`/api${path}`, {
      method,
      cache: "no-store",
      signal: patience.signal,
      headers: {
        Accept: "application/json",
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, ok: answer.ok, text: await answer.text() };
  } catch (error) {
    throw new NoAnswer(error.message);
  } finally {
    clearTimeout(timer);
  }
}

function read({ status, ok, text }) {
  let content;
  try {
    content = text ? JSON.parse(text) : null;
  } catch {
    throw new NoAnswer("the answer was not Bedboard's"); // a network's own sign-in page, say
  }
  if (ok) return content;
  // Too busy, or nobody home behind the door: the same again is safe.
  if (status === 429 || status >= 500) throw new NoAnswer(`status ${status}`);
  throw new Refusal(status, content || {});
}

// Letters that no other request has: the API answers the same key the same, and writes once.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
