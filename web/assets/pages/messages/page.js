// What a link in an email asks: whether to get messages, or to stop them. Whoever has the link may
// say so, without signing in.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { teamName } from "../../text/format.js";

/**
 * What the API says of a link: who is asked, and by whom.
 * @typedef {object} Link
 * @property {"confirm" | "stop"} purpose
 * @property {string} [team]
 * @property {string} [location_id]
 * @property {string} [name] the home's
 * @property {string} address masked
 * @property {Api.MemberState} state
 */

openPage({}, async (main) => {
  const token = location.hash.slice(1);
  // The next person at this computer must not find the link in the address.
  history.replaceState(null, "", location.pathname);
  try {
    show(main, token, await ask("look", token));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showExpired(main);
  }
});

/**
 * @param {"look" | "confirm" | "stop"} what
 * @param {string} token
 * @returns {Promise<Link>}
 */
function ask(what, token) {
  return request("POST", `/members/${what}`, { body: { token }, anonymous: true });
}

/**
 * Show what the link is for, and the one button that does it. Opening the page does nothing: programs
 * that check emails open every link.
 * @param {HTMLElement} main
 * @param {string} token
 * @param {Link} link
 */
function show(main, token, link) {
  const isStop = link.purpose === "stop";
  if (link.state === (isStop ? "unsubscribed" : "confirmed")) return showDone(main, link);
  const status = statusMessage();
  const act = async () => {
    try {
      const done = await ask(link.purpose, token);
      focusOn(showDone(main, done));
    } catch (error) {
      if (error instanceof Refusal) showExpired(main);
      else status.showFailure(error);
    }
  };
  const what = whatInWords(link);
  document.title = `${isStop ? "Stop emails" : "Get emails"} – Bedboard`;
  fill(
    main,
    h("h1", { class: "nhsuk-heading-l" }, isStop ? "Stop these emails?" : "Get these emails?"),
    status.element,
    h("p", null, isStop ? `This address gets ${what}.` : `Someone asked us to send you ${what}.`),
    h("p", null, "Address: ", h("strong", null, link.address)),
    !isStop && h("p", null, "Each email has a link that stops them again."),
    button(isStop ? "Stop the emails" : "Yes, send me these emails", {
      kind: isStop ? "warning" : "primary",
      onClick: act,
    }),
    !isStop && h("p", { class: "nhsuk-hint" }, "If you do not want them, close this page."),
  );
  return undefined;
}

/**
 * @param {HTMLElement} main
 * @param {Link} link
 */
function showDone(main, link) {
  const what = whatInWords(link);
  const done =
    link.state === "confirmed"
      ? notice("success", "You get these emails", h("p", null, `${link.address} gets ${what}.`))
      : notice("success", "The emails are stopped", h("p", null, "We deleted the address."));
  fill(main, h("h1", { class: "nhsuk-heading-l" }, "Emails from Bedboard"), done);
  return done;
}

/** @param {HTMLElement} main */
function showExpired(main) {
  const lines = [
    "It is too old, it has been replaced by a newer one, or a part of it is missing.",
    "To get the emails, ask whoever invited you to send the invitation again. To stop them, use the link in the newest email.",
  ];
  const paragraphs = lines.map((line) => h("p", null, line));
  const message = notice("error", "This link does not work any more", paragraphs);
  fill(main, h("h1", { class: "nhsuk-heading-l" }, "Emails from Bedboard"), message);
}

/** @param {Link} link */
function whatInWords({ team, name, location_id: id }) {
  if (team) return `alerts of free beds in care homes, for the team ${teamName(team)}`;
  return `reminders to update the vacancies of ${name || id}`;
}
