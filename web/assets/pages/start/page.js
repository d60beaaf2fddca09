// The first page: says what Bedboard is, takes people back from the sign-in page, sends them on.

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
      return location.replace(await completeSignIn());
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
    failed && notice("error", "Signing in did not work", h("p", null, "Please try once more.")),
    h("h1", null, "Care home beds, as they are now"),
    h(
      "p",
      { class: "nhsuk-lede-text" },
      `Care homes of ${council.name} say here which beds they have; hospital teams find them.`,
    ),
    isPublic && h("a", { href: "/search.html", class: "nhsuk-button" }, "Find a bed"),
    me ? noAccess(council) : wayIn(isPublic),
  );
});

/** @param {Council} council */
function noAccess(council) {
  const told = "You are signed in, but have no access yet. Ask your council. ";
  return h("p", null, told, council.contact);
}

/**
 * Offer the sign-in: where everyone may search, to care homes and hospital teams.
 * @param {boolean} isPublic
 */
function wayIn(isPublic) {
  const kind = isPublic ? "secondary" : "primary";
  const signInButton = button("Sign in", { kind, onClick: () => signIn("/") });
  if (!isPublic) return signInButton;
  return [h("p", null, "Care home staff and hospital teams sign in."), signInButton];
}
