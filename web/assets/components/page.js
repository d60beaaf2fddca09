// Opens a page: who is here, the frame around it, then its own content. Every page begins so:
//
//   openPage({ isFor: (me) => me.homes.length > 0 }, async (main, { me, signedIn }) => { ... });

import { NoAnswer, Refusal, SignInNeeded } from "../core/failures.js";
import { config, reachable } from "../core/config.js";
import { fill, h } from "../core/dom.js";
import { frame } from "../core/frame.js";
import { notice, refusalInWords } from "./notice.js";
import { signIn, whoIsHere, whoWasHere } from "../core/sign-in.js";

// Without `isFor` the page is for everybody, signed in or not. With `offline` it is shown without
// a network to whoever was here last: then `signedIn` is false.
export async function openPage({ isFor, offline = false }, show) {
  keepForOffline();
  const main = document.querySelector("main");
  try {
    const { council } = await config();
    let me = await whoIsHere();
    const signedIn = Boolean(me);
    if (!me && isFor) {
      me = offline ? whoWasHere() : null;
      if (!me || (await reachable())) return await signIn();
    }
    frame(council, me, signedIn);
    if (isFor && !isFor(me)) {
      fill(main, h("h1", null, "Not for you"), notForYou(council));
    } else {
      await show(main, { me, signedIn, council });
    }
  } catch (error) {
    wentWrong(main, error);
  }
}

// In place of what could not be shown; with the way on.
export function wentWrong(place, error) {
  if (error instanceof SignInNeeded) return signIn();
  const again = h(
    "button",
    { type: "button", class: "nhsuk-button", click: () => location.reload() },
    "Try again",
  );
  if (error instanceof NoAnswer) {
    const why = h("p", null, "Bedboard could not be reached. Check your connection.");
    fill(place, notice("wrong", "No connection", why, again));
  } else if (error instanceof Refusal) {
    const lines = refusalInWords(error).map((line) => h("p", null, line));
    fill(place, notice("wrong", "That did not work", lines));
  } else {
    const why = h("p", null, "This page has a fault. Trying again may help.");
    fill(place, notice("wrong", "Something went wrong", why, again));
  }
  if (!document.querySelector("main h1")) place.prepend(h("h1", null, pageName()));
  if (!(error instanceof NoAnswer || error instanceof Refusal)) throw error;
}

// What the page is called in its title: "Alerts – Bedboard".
function pageName() {
  return document.title.replace(/^Error: /, "").split(" – ")[0];
}

function notForYou(council) {
  return h(
    "p",
    null,
    "Your sign-in has no access to this page. If it should, ask your council. ",
    council.contact,
  );
}

function keepForOffline() {
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {
      // Without it the page works as long as there is a network.
    });
  }
}
