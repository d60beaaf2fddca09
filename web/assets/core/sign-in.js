// Signing in with the stack's own pages, or those of any other OpenID Connect issuer: authorization
// code with PKCE. Tokens live in this tab only and end with it.

import { UserManager, WebStorageStateStore } from "../vendor/oidc-client-ts.js";
import { config } from "./config.js";
import { NoResponse } from "./failures.js";
import { forget, read, write } from "./storage.js";

const RENEW_SECONDS_BEFORE = 60;

/** @type {UserManager | undefined} */
let manager;

async function userManager() {
  if (!manager) {
    const { issuer, client_id, endpoints, scope } = (await config()).sign_in;
    manager = new UserManager({
      authority: issuer,
      metadata: endpoints ? { issuer, ...endpoints } : undefined,
      client_id,
      redirect_uri: `${location.origin}/`,
      response_type: "code",
      scope,
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }
  return manager;
}

/**
 * Give a token that is still valid, renewed where it can be; null where a sign-in is needed.
 *
 * Throws NoResponse.
 * @returns {Promise<string | null>}
 */
export async function accessToken({ renewed = false } = {}) {
  const users = await userManager();
  let user = await users.getUser();
  if (!user) return null;
  if (renewed || user.expires_in === undefined || user.expires_in < RENEW_SECONDS_BEFORE) {
    try {
      user = user.refresh_token ? await users.signinSilent() : null;
    } catch (error) {
      const { name } = /** @type {Error} */ (error);
      if (error instanceof TypeError || name === "ErrorTimeout") throw new NoResponse();
      return null; // the issuer refused
    }
  }
  return user && user.access_token;
}

/**
 * Say who is signed in, by their token; null where nobody is.
 * @returns {Promise<Me | null>}
 */
export async function currentUser() {
  const user = await (await userManager()).getUser();
  if (!user || (user.expired && !user.refresh_token)) return null;
  const { groups_claim } = (await config()).sign_in;
  /** @type {any} */
  const profile = user.profile;
  const claims = claimsOf(user.access_token) || profile;
  const me = meFrom(claims.sub, claims[groups_claim] || profile[groups_claim] || []);
  write("last-here", { id: me.id, groups: me.groups });
  return me;
}

/**
 * Say who used this phone last: enough to show them what it stores while there is no network.
 * @returns {Me | null}
 */
export function lastUser() {
  const last = read("last-here");
  return last && meFrom(last.id, last.groups);
}

/**
 * Go to the sign-in page, and from there to an address of this site.
 * @param {string} [returnTo]
 */
export async function signIn(returnTo = location.pathname + location.search) {
  await (await userManager()).signinRedirect({ state: returnTo });
}

/**
 * Complete the sign-in, and give the address where the person wanted to go.
 *
 * Throws where signing in did not work.
 */
export async function completeSignIn() {
  const { state } = await (await userManager()).signinRedirectCallback();
  return typeof state === "string" && /^\/(?!\/)/.test(state) ? state : "/";
}

/** Sign out here and at the issuer. */
export async function signOut() {
  const { client_id, endpoints } = (await config()).sign_in;
  const users = await userManager();
  const end = endpoints
    ? endpoints.end_session_endpoint
    : await users.metadataService.getEndSessionEndpoint();
  await users.removeUser();
  forget("last-here");
  const back = `${location.origin}/`;
  const query = new URLSearchParams({
    client_id,
    logout_uri: back,
    post_logout_redirect_uri: back,
  });
  location.assign(end ? `${end}?${query}` : back);
}

/**
 * @param {string} id
 * @param {string | string[]} claim
 * @returns {Me}
 */
function meFrom(id, claim) {
  // Some issuers send a single group as text.
  const groups = typeof claim === "string" ? [claim] : claim;
  const named = (/** @type {string} */ kind) =>
    groups.filter((each) => each.startsWith(kind)).map((each) => each.slice(kind.length));
  return {
    id,
    groups,
    homes: named("home:"),
    teams: named("team:"),
    isCouncil: groups.includes("council"),
  };
}

/**
 * @param {string} token
 * @returns {any} null where it cannot be read
 */
function claimsOf(token) {
  try {
    const payload = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null; // some issuers' access tokens are opaque
  }
}
