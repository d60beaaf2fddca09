// Says what came of a deed, in one place of the page.

import { fill, focusOn, h } from "../core/dom.js";
import { NoAnswer, Refusal, SignInNeeded } from "../core/failures.js";
import { notice, refusalInWords } from "./notice.js";
import { signIn } from "../core/sign-in.js";

// `say(kind, heading, lines)` and `fail(error)`, each in place of what was said before.
export function telling(place) {
  function say(kind, heading, lines) {
    const told = notice(kind, heading, lines.length > 0 && h("p", null, lines));
    fill(place, told);
    focusOn(told);
    told.scrollIntoView({ block: "nearest" });
  }

  function fail(error) {
    if (error instanceof SignInNeeded) return signIn();
    if (error instanceof NoAnswer) {
      const why = "Bedboard could not be reached. Check your connection, then try again.";
      return say("wrong", "Not done", [why]);
    }
    if (error instanceof Refusal) return say("wrong", "Not done", refusalInWords(error));
    say("wrong", "Something went wrong", ["This page has a fault. Please reload it."]);
    throw error;
  }

  return { say, fail };
}
