// Opens a page: who is signed in, the frame around it, then its own content. Every page begins so:
//
//   openPage({ isFor: (me) => me.homes.length > 0 }, async (main, { me, signedIn }) => { ... });

import { config, reachable } from "../core/config.js";
import { fill, find, h } from "../core/dom.js";
import { showFrame } from "../core/frame.js";
import { currentUser, lastUser, signIn } from "../core/sign-in.js";
import { showFailure } from "./failure.js";

/**
 * @typedef {object} PageOptions
 * @property {(me: Me) => boolean} [isFor] who may open it; without, everyone, signed in or not
 * @property {boolean} [offline] whether it opens without a network for whoever was here last: then
 *   `signedIn` is false
 *
 * @typedef {object} PageContext
 * @property {Me | null} me
 * @property {boolean} signedIn
 * @property {Council} council
 */

/**
 * Open the page.
 * @param {PageOptions} options
 * @param {(main: HTMLElement, context: PageContext & any) => unknown} show fills the page's main
 */
export async function openPage({ isFor, offline = false }, show) {
  registerServiceWorker();
  const main = find(document, "main", HTMLElement);
  try {
    const { council } = await config();
    let me = await currentUser();
    const signedIn = Boolean(me);
    if (!me && isFor) {
      me = offline ? lastUser() : null;
      if (!me || (await reachable())) return await signIn();
    }
    showFrame(council, me, signedIn);
    if (isFor && !(me && isFor(me))) {
      fill(main, h("h1", null, "Not for you"), noAccess(council));
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
    "Your sign-in has no access to this page. If it should, ask your council. ",
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
