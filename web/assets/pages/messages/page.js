// What a link in a message asks: whether to get messages, or to stop them. Whoever has the link may
// say so, without signing in.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoResponse, Refusal } from "../../core/failures.js";
import { canAllow, outcomeInWords, questionInWords } from "./link-words.js";

/** @typedef {import("./link-words.js").Link} Link */

/** What the API answers to a token that is unknown, over or not whole. */
const OVER = [400, 404, 422];

openPage({}, async (main) => {
  const token = location.hash.slice(1);
  if (!token) return showMissing(main);
  try {
    show(main, token, await ask("look", token));
  } catch (error) {
    // The link stays in the address, so that it can be tried again.
    if (!isOver(error)) throw asFailure(error);
    showOver(main);
  }
  // The next person at this computer must not find the link in the address.
  history.replaceState(null, "", location.pathname);
  return undefined;
});

/**
 * @param {"look" | "confirm" | "stop" | "allow"} what
 * @param {string} token
 * @returns {Promise<Link>}
 */
function ask(what, token) {
  return request("POST", `/members/${what}`, { body: { token }, anonymous: true });
}

/**
 * Tell whether Bedboard said that the link does not work any more, and not something on the way to it.
 * @param {unknown} error
 */
function isOver(error) {
  if (!(error instanceof Refusal) || !OVER.includes(error.status)) return false;
  return String(error.problem.type).startsWith("urn:bedboard:problem:");
}

/**
 * Give what to tell of any other failure: that says nothing of the link, which can be tried again.
 * @param {unknown} error
 */
function asFailure(error) {
  return error instanceof Refusal ? new NoResponse(error.message, error.status) : error;
}

/**
 * Show what the link is for, and the one button that does it. Opening the page does nothing: programs
 * that check emails open every link.
 * @param {HTMLElement} main
 * @param {string} token
 * @param {Link} link
 * @returns {HTMLElement} what to move the focus to after a press
 */
function show(main, token, link) {
  const question = questionInWords(link);
  if (!question) return showOutcome(main, token, link);
  const status = statusMessage();
  const act = async () => {
    try {
      focusOn(show(main, token, await ask(link.purpose, token)));
    } catch (error) {
      if (isOver(error)) focusOn(showOver(main));
      else status.showFailure(asFailure(error));
    }
  };
  const { title, heading, lines, press, otherwise } = question;
  const h1 = h("h1", { class: "nhsuk-heading-l" }, heading);
  document.title = `${title} – Bedboard`;
  fill(
    main,
    h1,
    status.element,
    h("p", null, lines[0]),
    h("p", null, "Address: ", h("strong", null, link.address)),
    lines.slice(1).map((line) => h("p", null, line)),
    button(press, { kind: link.purpose === "stop" ? "warning" : "primary", onClick: act }),
    otherwise && h("p", { class: "nhsuk-hint" }, otherwise),
  );
  return h1;
}

/**
 * @param {HTMLElement} main
 * @param {string} token
 * @param {Link} link
 */
function showOutcome(main, token, link) {
  const outcome = outcomeInWords(link);
  if (!outcome) throw new Error("there is something to decide");
  const kind = ["bounced", "opted_out"].includes(link.state) ? "warning" : "success";
  const message = notice(kind, outcome.heading, h("p", null, outcome.text));
  return showNotice(main, message, canAllow(link) && allowing(main, token));
}

/**
 * Make the button for someone who stopped messages and wants to be asked again.
 * @param {HTMLElement} main
 * @param {string} token
 */
function allowing(main, token) {
  const status = statusMessage();
  const allow = async () => {
    try {
      await ask("allow", token);
    } catch (error) {
      if (isOver(error)) focusOn(showOver(main));
      else status.showFailure(asFailure(error));
      return;
    }
    const line = h("p", null, "Ask a team or a care home to add your address.");
    focusOn(showNotice(main, notice("success", "People can invite you again", line)));
  };
  return [
    status.element,
    button("Let people invite me again", { kind: "secondary", onClick: allow }),
  ];
}

/** @param {HTMLElement} main */
function showOver(main) {
  const lines = [
    "It is too old, it has been replaced by a newer one, or a part of it is missing.",
    "To get the messages, ask whoever invited you to send the invitation again. To stop them, use the link in the newest message.",
  ];
  const paragraphs = lines.map((line) => h("p", null, line));
  return showNotice(main, notice("error", "This link does not work any more", paragraphs));
}

/**
 * Say so where the page was loaded again, or the link lost its end on the way.
 * @param {HTMLElement} main
 */
function showMissing(main) {
  const line = h(
    "p",
    null,
    "Open the link in the message again. Make sure that it is the whole link.",
  );
  return showNotice(main, notice("warning", "Open the link again", line));
}

/**
 * @param {HTMLElement} main
 * @param {HTMLElement} message
 * @param {readonly HTMLElement[] | false} [more] below it
 */
function showNotice(main, message, more = false) {
  fill(main, h("h1", { class: "nhsuk-heading-l" }, "Messages from Bedboard"), message, more);
  return message;
}
