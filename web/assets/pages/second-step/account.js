// The account of the person in the stack's user pool, by a token that may change how they sign in.

import { NoResponse, Refusal } from "../../core/failures.js";

const TIMEOUT_MS = 20000;

/** The token is too old, or was made worthless: the person has to sign in once more. */
export class AccountExpired extends Error {}

/**
 * Make the account's actions. Each throws NoResponse, Refusal or AccountExpired.
 * @param {string} url of the service
 * @param {string} token
 */
export function accountAt(url, token) {
  /**
   * @param {string} action
   * @param {object} [body]
   */
  const call = async (action, body) => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        method: "POST",
        cache: "no-store",
        signal: abort.signal,
        headers: {
          "Content-Type": "application/x-amz-json-1.1",
          "X-Amz-Target": `AWSCognitoIdentityProviderService.${action}`,
        },
        body: JSON.stringify({ AccessToken: token, ...body }),
      });
      return { status: response.status, ok: response.ok, text: await response.text() };
    } catch (error) {
      throw new NoResponse(String(error));
    } finally {
      clearTimeout(timer);
    }
  };
  const send = async (/** @type {string} */ action, /** @type {object} */ body = {}) =>
    answerOf(await call(action, body));

  return {
    /** @returns {Promise<{ email: string, hasSecondStep: boolean }>} */
    async load() {
      const { UserAttributes: attributes, UserMFASettingList: steps } = await send("GetUser");
      const email = attributes.find((/** @type {any} */ { Name }) => Name === "email");
      return { email: email ? email.Value : "", hasSecondStep: Boolean(steps && steps.length) };
    },
    /** Begin with a new app, and give its key. The app before it works until this one is checked. */
    async addApp() {
      return /** @type {string} */ ((await send("AssociateSoftwareToken")).SecretCode);
    },
    /** @param {string} code that the app shows now */
    async checkApp(code) {
      const { Status } = await send("VerifySoftwareToken", { UserCode: code });
      if (Status !== "SUCCESS") throw wrongCode();
    },
    async turnOn() {
      const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
      await send("SetUserMFAPreference", { SoftwareTokenMfaSettings });
    },
    /** Make the tokens worthless that were made without the second step, wherever they are. */
    async signOutEverywhere() {
      await send("GlobalSignOut");
    },
  };
}

/**
 * Read an answer of the service. It names an error in `__type`, sometimes behind a `#`.
 * @param {{ status: number, ok: boolean, text: string }} response
 * @returns {any}
 */
export function answerOf({ status, ok, text }) {
  let answer;
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    throw new NoResponse("the response is not the user pool's", status);
  }
  if (ok) return answer;
  const error = String(answer.__type || "").replace(/^.*#/, "");
  if (status >= 500 || /^(TooManyRequests|LimitExceeded)Exception$/.test(error)) {
    throw new NoResponse(error, status < 500 ? 429 : status);
  }
  if (error === "NotAuthorizedException") throw new AccountExpired(error);
  if (/^(CodeMismatch|EnableSoftwareTokenMFA|ExpiredCode)Exception$/.test(error)) {
    throw wrongCode();
  }
  throw new Refusal(status, { detail: "The user pool refused this. Start again." });
}

function wrongCode() {
  const detail =
    "this code is not right. Check that the app belongs to this account and that the time on the " +
    "phone is right. Then enter the code that the app shows now.";
  return new Refusal(422, { errors: [{ field: "code", detail }] });
}
