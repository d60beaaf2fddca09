// Renews a sign-in once, however many requests, in however many tabs that share it, want that at the
// same moment. An issuer may take each refresh token only once, and end the session of whoever sends
// it again.

import { read, write } from "./storage.js";

export const WORKING_DAY_MS = 12 * 60 * 60 * 1000;

const ANSWER_MS = 300; // for another tab that may have renewed a moment ago
const LONG_ANSWER_MS = 2000; // for one that has renewed, so that nothing else is left to try

/**
 * What a tab keeps of a sign-in.
 * @typedef {object} Session
 * @property {string} access_token
 * @property {string} [refresh_token]
 * @property {number} [expires_at] in seconds since 1970
 *
 * What tabs tell one another. `token` is the name under which the phone keeps that a refresh token
 * was used: made of its hash, from which nobody can make the token.
 * @typedef {{ kind: "ask", token: string }
 *   | { kind: "renewed", token: string, session: Session }} TabMessage
 *
 * @typedef {object} RenewalOptions
 * @property {() => Promise<Session | null>} load gives what this tab keeps
 * @property {(session: Session) => Promise<Session | null>} renew asks the issuer, and keeps the
 *   answer; null where it refused
 * @property {(session: Session) => Promise<Session>} adopt keeps what another tab renewed
 * @property {(message: TabMessage) => unknown} post tells the other tabs
 * @property {Exclusively} exclusively
 * @property {number} [longAnswerMs] how long to wait for a tab that has certainly renewed
 *
 * @typedef {(waited: boolean) => Promise<Session | null>} Act
 * @typedef {(act: Act) => Promise<Session | null>} Exclusively acts while no other tab does;
 *   `waited` says whether one did
 */

/**
 * Say whether a sign-in may still be used: its token is valid, or was within a working day and can
 * be renewed.
 * @param {Session} session
 * @param {number} now in milliseconds since 1970
 */
export function isOpen({ refresh_token, expires_at }, now) {
  if (expires_at === undefined) return true;
  const grace = refresh_token ? WORKING_DAY_MS : 0;
  return now < expires_at * 1000 + grace;
}

/**
 * Make the renewal of a tab.
 * @param {RenewalOptions} options
 */
export function makeRenewal(options) {
  const { load, renew, adopt, post, exclusively, longAnswerMs = LONG_ANSWER_MS } = options;
  /** @type {Promise<Session | null> | null} */
  let running = null;
  /** @type {Map<string, (session: Session | null) => void>} */
  const questions = new Map();

  /**
   * Renew what this tab keeps, unless that was done meanwhile; null where a sign-in is needed.
   * @param {(session: Session) => boolean} isStale
   */
  function renewOnce(isStale) {
    if (!running) {
      running = exclusively((waited) => attempt(isStale, waited)).finally(() => (running = null));
    }
    return running;
  }

  /**
   * @param {(session: Session) => boolean} isStale
   * @param {boolean} waited
   */
  async function attempt(isStale, waited) {
    const session = await load();
    if (!session || !isStale(session)) return session;
    if (!session.refresh_token) return null;
    const token = await usedName(session.refresh_token);
    const isUsed = Boolean(read(token));
    if (waited || isUsed) {
      const newer = await ask(token, isUsed ? longAnswerMs : ANSWER_MS);
      if (newer) return adopt(newer);
      if (isUsed) return null;
    }
    const renewed = await renew(session);
    if (renewed && renewed.refresh_token && renewed.refresh_token !== session.refresh_token) {
      write(token, await usedName(renewed.refresh_token), Date.now() + 2 * WORKING_DAY_MS);
      post({ kind: "renewed", token, session: renewed });
    }
    return renewed;
  }

  /**
   * Ask the other tabs for what followed a used refresh token; null where none answers in time.
   * @param {string} token
   * @param {number} patience
   * @returns {Promise<Session | null>}
   */
  function ask(token, patience) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer(null), patience);
      const answer = (/** @type {Session | null} */ session) => {
        clearTimeout(timer);
        questions.delete(token);
        resolve(session);
      };
      questions.set(token, answer);
      post({ kind: "ask", token });
    });
  }

  /**
   * Take a message of another tab.
   * @param {TabMessage} message
   */
  async function hear(message) {
    const { token } = message;
    const session = await load();
    const own = session && session.refresh_token && (await usedName(session.refresh_token));
    if (message.kind === "renewed") {
      const answer = questions.get(token);
      if (answer) answer(message.session);
      else if (own === token) await adopt(message.session);
    } else if (session && own) {
      let later = read(token);
      while (later && later !== own) later = read(later);
      if (later) post({ kind: "renewed", token, session });
    }
  }

  return { renewOnce, hear };
}

/**
 * Act alone among the tabs of the site, where the browser can see to that.
 * @type {Exclusively}
 */
export async function aloneAmongTabs(act) {
  const name = "bedboard-renewal";
  if (!navigator.locks) return act(false);
  const atOnce = await navigator.locks.request(name, { ifAvailable: true }, async (lock) =>
    lock ? { session: await act(false) } : null,
  );
  return atOnce ? atOnce.session : navigator.locks.request(name, () => act(true));
}

/** @param {string} refreshToken */
async function usedName(refreshToken) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(refreshToken));
  const bytes = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return `used.${bytes.join("")}`;
}
