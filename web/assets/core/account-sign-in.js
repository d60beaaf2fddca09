// Signing in once more, for a token with which people change how they sign in. The other pages never
// have it, and this tab does not keep it.

import { UserManager, WebStorageStateStore } from "../vendor/oidc-client-ts.js";
import { config } from "./config.js";
import { userManager } from "./sign-in.js";

const PREFIX = "account."; // the start page knows it

/** Give what asks the issuer for such tokens; undefined where the council's own one has none. */
export async function accountManager() {
  const { account } = (await config()).sign_in;
  if (!account) return undefined;
  const store = new WebStorageStateStore({ store: sessionStorage, prefix: PREFIX });
  const { settings } = await userManager();
  return new UserManager({
    ...settings,
    scope: account.scope,
    userStore: store,
    stateStore: store,
  });
}

/**
 * Go to the sign-in page, and from there to an address of this site.
 * @param {string} returnTo
 */
export async function signInToAccount(returnTo) {
  const users = await accountManager();
  // Where Cognito knows it, this asks for the password again; otherwise only after an hour.
  if (users) await users.signinRedirect({ state: returnTo, prompt: "login" });
}

/**
 * Give the token of the sign-in, once; null where there is none.
 * @returns {Promise<string | null>}
 */
export async function takeAccountToken() {
  const users = await accountManager();
  const user = users && (await users.getUser());
  if (!users || !user) return null;
  await users.removeUser();
  return user.expired ? null : user.access_token;
}
