// The first page: says what Bedboard is, takes people back from the sign-in page, sends them on.

import { fill, h } from "./dom.js";
import { notice } from "./notices.js";
import { openPage } from "./page.js";
import { startOf } from "./pages.js";
import { signedIn as comeBack, signIn } from "./sign-in.js";

const query = new URLSearchParams(location.search);

openPage({}, async (main, { me, council }) => {
  let failed = false;
  if (query.has("code") || query.has("error")) {
    try {
      return location.replace(await comeBack());
    } catch {
      history.replaceState(null, "", "/");
      failed = true;
    }
  }
  const start = me && startOf(me);
  if (start) return location.replace(start);
  fill(
    main,
    failed && notice("wrong", "Signing in did not work", h("p", null, "Please try once more.")),
    h("h1", null, "Care home beds, as they are now"),
    h(
      "p",
      { class: "nhsuk-lede-text" },
      `Care homes of ${council.name} say here which beds they have; hospital teams find them.`,
    ),
    me
      ? h(
          "p",
          null,
          "You are signed in, but have no access yet. Ask your council. ",
          council.contact,
        )
      : h("button", { type: "button", class: "nhsuk-button", click: () => signIn("/") }, "Sign in"),
  );
});
