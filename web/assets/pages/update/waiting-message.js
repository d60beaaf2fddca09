// A change that has no answer yet: says so, and tries again until there is one.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { reachable } from "../../core/config.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60000;

// `retry()` sends it and resolves to whether there was an answer; without a token (`signedIn`
// false) `onSignIn()` is offered as soon as there is a network.
export function showWaiting(main, { entry, signedIn, retry, onTakeBack, onSignIn }) {
  let pause = FIRST_PAUSE_MS;
  let timer = 0;
  let trying = false;
  const state = h("p", { "aria-live": "polite" });
  const now = button("Try now", { onClick: () => attempt() });

  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener("online", attempt);
    document.removeEventListener("visibilitychange", attempt);
  };
  const attempt = async () => {
    if (trying || document.visibilityState === "hidden") return;
    trying = true;
    clearTimeout(timer);
    state.textContent = "Trying…";
    try {
      if (!signedIn && (await reachable())) {
        state.textContent = "You are connected again.";
        now.replaceWith(signInButton);
        return stop();
      }
      if (signedIn && (await retry())) return stop();
    } finally {
      trying = false;
    }
    state.textContent = `No connection at ${when(new Date())}. It will be tried again by itself.`;
    timer = setTimeout(attempt, pause);
    pause = Math.min(LONGEST_PAUSE_MS, 2 * pause);
  };
  const signInButton = button("Sign in and send it", { onClick: onSignIn });

  const told = notice(
    "warning",
    "Not saved yet",
    h(
      "p",
      null,
      `What you sent at ${when(entry.made_at)} waits on this phone. It will be sent, once, when `,
      "there is a connection. Leave this page open, or come back to it later.",
    ),
    h(
      "ul",
      null,
      entry.lines.map((line) => h("li", null, line)),
    ),
    state,
    now,
    h(
      "div",
      null,
      button("Take it back and change it", {
        kind: "link",
        onClick: () => {
          stop();
          onTakeBack();
        },
      }),
    ),
  );
  fill(main, h("h1", { class: "nhsuk-heading-l" }, entry.home_name), told);
  focusOn(told);
  window.addEventListener("online", attempt);
  document.addEventListener("visibilitychange", attempt);
  timer = setTimeout(attempt, pause);
}
