// Signing in with the stack's own pages, or those of any other OpenID Connect issuer: authorization
// code with PKCE. Tokens live in this tab only and end with it.

import { User, UserManager, WebStorageStateStore } from "../vendor/oidc-client-ts.js";
import { config } from "./config.js";
import { NoResponse } from "./failures.js";
import { aloneAmongTabs, isOpen, makeRenewal, WORKING_DAY_MS } from "./renewal.js";
import { forget, names, read, write } from "./storage.js";

const RENEW_SECONDS_BEFORE = 60;
const REVOKE_MS = 3000;

/** @type {UserManager | undefined} */
let manager;

// What the tabs of the site tell one another; a browser of 2020 may not have it.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("bedboard-sign-in") : null;

const renewal = makeRenewal({
  load: async () => (await userManager()).getUser(),
  renew: async () => {
    try {
      return await (await userManager()).signinSilent();
    } catch (error) {
      const { name } = /** @type {Error} */ (error);
      if (error instanceof TypeError || name === "ErrorTimeout") throw new NoResponse();
      return null; // the issuer refused
    }
  },
  adopt: async (session) => {
    const user = User.fromStorageString(JSON.stringify(session));
    await (await userManager()).storeUser(user);
    return user;
  },
  post: (message) => tabs && tabs.postMessage(JSON.parse(JSON.stringify(message))),
  exclusively: aloneAmongTabs,
});

if (tabs) {
  tabs.onmessage = async ({ data }) => {
    if (data.kind !== "signed-out") return renewal.hear(data);
    const user = await (await userManager()).getUser();
    if (!user || user.profile.sub !== data.id) return undefined;
    await (await userManager()).removeUser();
    return location.assign("/");
  };
}

/** Give what talks to the issuer, for the tokens of all pages. */
export async function userManager() {
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
 * @param {{ refused?: string | null }} [options] a token that the API has refused
 * @returns {Promise<string | null>}
 */
export async function accessToken({ refused } = {}) {
  const isStale = (/** @type {import("./renewal.js").Session} */ session) =>
    session.access_token === refused ||
    session.expires_at === undefined ||
    session.expires_at - Date.now() / 1000 < RENEW_SECONDS_BEFORE;
  let session = /** @type {import("./renewal.js").Session | null} */ (
    await (await userManager()).getUser()
  );
  if (!session || !isOpen(session, Date.now())) return null;
  if (isStale(session)) session = await renewal.renewOnce(isStale);
  return session && session.access_token;
}

/**
 * Say who is signed in, by their token; null where nobody is.
 * @returns {Promise<Me | null>}
 */
export async function currentUser() {
  const user = await (await userManager()).getUser();
  if (!user || !isOpen(user, Date.now())) return null;
  const { groups_claim } = (await config()).sign_in;
  /** @type {any} */
  const profile = user.profile;
  const claims = claimsOf(user.access_token) || profile;
  const me = meFrom(claims.sub, claims[groups_claim] || profile[groups_claim] || []);
  me.needsSecondStep = claims.second_step === "needed";
  write("last-here", { id: me.id, groups: me.groups }, Date.now() + WORKING_DAY_MS);
  return me;
}

/**
 * Say whether a person is signed in now, in this tab.
 * @param {Me} me
 */
export async function isSignedIn({ id }) {
  const now = await currentUser();
  return Boolean(now && now.id === id);
}

/**
 * Say who used this phone last, within a working day: enough to show what it stores while there is
 * no network.
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
 * @param {UserManager} [users] who began it
 */
export async function completeSignIn(users) {
  const { state } = await (users || (await userManager())).signinRedirectCallback();
  return typeof state === "string" && /^\/(?!\/)/.test(state) ? state : "/";
}

/**
 * Sign out here, in the other tabs that share the sign-in, and at the issuer. No draft stays on this
 * phone, nor what it would show without a network; a change that waits to be sent stays.
 */
export async function signOut() {
  const { client_id, endpoints } = (await config()).sign_in;
  const users = await userManager();
  const user = await users.getUser();
  await users.removeUser();
  for (const name of ["last-here", ...names("seen."), ...names("draft.")]) forget(name);
  // What the last person searched for is nothing for the next one at this tab.
  const kept = Object.keys(sessionStorage).filter((each) => each.startsWith("bedboard."));
  for (const name of kept) sessionStorage.removeItem(name);
  if (tabs && user) tabs.postMessage({ kind: "signed-out", id: user.profile.sub });
  const metadata = endpoints || (await users.metadataService.getMetadata().catch(() => null));
  if (metadata && user && user.refresh_token) {
    await revoke(metadata.revocation_endpoint, client_id, user.refresh_token);
  }
  const back = `${location.origin}/`;
  // Cognito's own parameter, or that of the standard.
  const query = new URLSearchParams({
    client_id,
    [endpoints ? "logout_uri" : "post_logout_redirect_uri"]: back,
  });
  const end = metadata && metadata.end_session_endpoint;
  location.assign(end ? `${end}?${query}` : back);
}

/**
 * Make a refresh token worthless, also to whoever has copied it. Signing out goes on without an
 * answer, and at an issuer that offers no such thing.
 * @param {string | undefined} endpoint
 * @param {string} client_id
 * @param {string} token
 */
async function revoke(endpoint, client_id, token) {
  if (!endpoint) return;
  const body = new URLSearchParams({ token, token_type_hint: "refresh_token", client_id });
  const patience = new Promise((resolve) => setTimeout(resolve, REVOKE_MS));
  const sent = fetch(endpoint, { method: "POST", body, keepalive: true });
  await Promise.race([sent, patience]).catch(() => null);
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
    needsSecondStep: false,
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
