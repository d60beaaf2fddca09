// The one place of a page that says how the last action went.

import { fill, focusOn, h } from "../core/dom.js";
import {
  NoResponse,
  noResponseInWords,
  Refusal,
  refusalInWords,
  SignInNeeded,
} from "../core/failures.js";
import { signIn } from "../core/sign-in.js";
import { clearErrors } from "./error-summary.js";
import { notice } from "./notice.js";

/**
 * Make the place of the message. `show` answers true and `showFailure` false, so that they end a
 * function that says whether it succeeded.
 */
export function statusMessage() {
  const element = h("div", null);

  /**
   * Replace the message and move the focus to it.
   * @param {import("./notice.js").NoticeKind} kind
   * @param {string} heading
   * @param {...Children} content each text becomes a paragraph
   */
  function show(kind, heading, ...content) {
    clearErrors();
    const paragraphs = content
      .flat()
      .map((each) => (typeof each === "string" ? h("p", null, each) : each));
    const message = notice(kind, heading, paragraphs);
    fill(element, message);
    focusOn(message);
    message.scrollIntoView({ block: "nearest" });
    return true;
  }

  /**
   * Say why something was not done, or go to the sign-in page.
   *
   * Throws what is no failure of a request, after saying so.
   * @param {unknown} error
   */
  function showFailure(error) {
    if (error instanceof SignInNeeded) {
      signIn();
    } else if (error instanceof NoResponse) {
      const { heading, text } = noResponseInWords(error);
      show("error", "Not done", `${heading}. ${text}`);
    } else if (error instanceof Refusal) {
      show("error", "Not done", refusalInWords(error));
    } else {
      show("error", "Something went wrong", "There is a fault in this page. Reload it.");
      throw error;
    }
    return false;
  }

  return { element, show, showFailure, clear: () => fill(element) };
}
