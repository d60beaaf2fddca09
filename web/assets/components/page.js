// Opens a page: who is signed in, the frame around it, then its own content. Every page begins so:
//
//   openPage({ isFor: (me) => me.homes.length > 0 }, async (main, { me, signedIn }) => { ... });

import { config, reachable } from "../core/config.js";
import { fill, find, h } from "../core/dom.js";
import {
  NoResponse,
  noResponseInWords,
  Refusal,
  refusalInWords,
  SignInNeeded,
} from "../core/failures.js";
import { showFrame } from "../core/frame.js";
import { currentUser, lastUser, signIn } from "../core/sign-in.js";
import { forgetExpired } from "../core/storage.js";
import { button } from "./button.js";
import { notice } from "./notice.js";

/**
 * @typedef {object} PageOptions
 * @property {(me: Me) => boolean} [isFor] who may open it; without, everyone, signed in or not
 * @property {boolean} [offline] whether it opens without a network for whoever was here last: then
 *   `signedIn` is false
 *
 * @typedef {object} PageContext
 * @property {boolean} signedIn
 * @property {Council} council
 */

/**
 * Open a page for some people.
 * @overload
 * @param {PageOptions & { isFor: (me: Me) => boolean }} options
 * @param {(main: HTMLElement, context: PageContext & { me: Me }) => unknown} show fills the main
 * @returns {Promise<void>}
 */
/**
 * Open a page for everyone; `me` is null for someone who is not signed in.
 * @overload
 * @param {PageOptions} options
 * @param {(main: HTMLElement, context: PageContext & { me: Me | null }) => unknown} show
 * @returns {Promise<void>}
 */
/**
 * @param {PageOptions} options
 * @param {(main: HTMLElement, context: any) => unknown} show
 */
export async function openPage({ isFor, offline = false }, show) {
  registerServiceWorker();
  forgetExpired();
  const main = find(document, "main", HTMLElement);
  try {
    const { council } = await config();
    let me = await currentUser();
    const signedIn = Boolean(me);
    if (!me && isFor) {
      if (!offline || (await reachable())) return await signIn();
      me = lastUser();
      if (!me) throw new NoResponse();
    }
    const isAllowed = !isFor || (me && isFor(me));
    // What they may do is withheld until then.
    if (me && me.needsSecondStep && !isAllowed) return location.replace("/second-step.html");
    showFrame(council, me, signedIn);
    if (!isAllowed) {
      fill(main, h("h1", null, "You cannot use this page"), noAccess(council));
    } else {
      await show(main, { me, signedIn, council });
    }
  } catch (error) {
    showFailure(main, error);
  }
}

/** @param {Council} council */
function noAccess(council) {
  return h(
    "p",
    null,
    "Your account does not have access. If you need it, ask your council. ",
    council.contact,
  );
}

function registerServiceWorker() {
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {
      // Without it the page works as long as there is a network.
    });
  }
}

/**
 * Replace what is in a place by what went wrong, or go to the sign-in page.
 *
 * Throws what is no failure of a request, after saying so.
 * @param {HTMLElement} place
 * @param {unknown} error
 */
export function showFailure(place, error) {
  if (error instanceof SignInNeeded) return signIn();
  const again = button("Try again", { onClick: () => location.reload() });
  if (error instanceof NoResponse) {
    const { heading, text } = noResponseInWords(error);
    fill(place, notice("error", heading, h("p", null, text), again));
  } else if (error instanceof Refusal) {
    const lines = refusalInWords(error).map((line) => h("p", null, line));
    fill(place, notice("error", "That did not work", lines));
  } else {
    const why = h("p", null, "There is a fault in this page. Try again.");
    fill(place, notice("error", "Something went wrong", why, again));
  }
  if (!document.querySelector("main h1")) place.prepend(h("h1", null, pageName()));
  if (!(error instanceof NoResponse || error instanceof Refusal)) throw error;
  return undefined;
}

/** Give what the page is called in its title: "Alerts" for "Alerts – Bedboard". */
function pageName() {
  return document.title.replace(/^Error: /, "").split(" – ")[0];
}
