// The start page: says what Bedboard is, completes a sign-in, and sends people to their own page.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { config } from "../../core/config.js";
import { fill, h } from "../../core/dom.js";
import { startOf } from "../../core/menu.js";
import { completeSignIn, signIn } from "../../core/sign-in.js";

const query = new URLSearchParams(location.search);

openPage({}, async (main, { me, council }) => {
  let failed = false;
  if (query.has("code") || query.has("error")) {
    try {
      // The second kind of sign-in is rare, and its module is loaded only then.
      const toAccount = sessionStorage.getItem(`account.${query.get("state")}`);
      const account = toAccount && (await import("../../core/account-sign-in.js"));
      const users = account ? await account.accountManager() : undefined;
      return location.replace(await completeSignIn(users));
    } catch {
      history.replaceState(null, "", "/");
      failed = true;
    }
  }
  const start = me && startOf(me);
  if (start) return location.replace(start);
  const isPublic = (await config()).search.public;
  fill(
    main,
    failed &&
      notice("error", "You are not signed in", h("p", null, "Signing in did not work. Try again.")),
    h("h1", null, "Find and post care home vacancies"),
    h(
      "p",
      { class: "nhsuk-lede-text" },
      `Care homes tell ${council.name} here which beds are free. Hospital teams search for them.`,
    ),
    isPublic && h("a", { href: "/search.html", class: "nhsuk-button" }, "Find a bed"),
    me ? noAccess(council) : signInOffer(isPublic),
  );
});

/** @param {Council} council */
function noAccess(council) {
  const text = "You are signed in, but you do not have access yet. Ask your council for it. ";
  return h("p", null, text, council.contact);
}

/**
 * Offer the sign-in: where everyone may search, to care homes and hospital teams.
 * @param {boolean} isPublic
 */
function signInOffer(isPublic) {
  const kind = isPublic ? "secondary" : "primary";
  const signInButton = button("Sign in", { kind, onClick: () => signIn("/") });
  if (!isPublic) return signInButton;
  return [h("p", null, "Sign in if you work for a care home or a hospital team."), signInButton];
}
