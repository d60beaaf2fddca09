// What the page behind the link of a message says, by how it came and by how things stand.

import { teamName } from "../../text/format.js";

/**
 * What the API says of a link: who is asked, and by whom.
 * @typedef {object} Link
 * @property {"confirm" | "stop"} purpose
 * @property {"email" | "sms"} protocol
 * @property {string} [team]
 * @property {string} [location_id]
 * @property {string} [name] the home's
 * @property {string} address masked
 * @property {Api.MemberState} state
 */

const UNINVITED = "Nobody can invite you again unless you allow it.";

const KINDS = { email: ["email", "emails"], sms: ["text", "texts"] };

/**
 * Write the question of a link, with the words on its button; null where nothing is left to decide.
 * @param {Link} link
 */
export function questionInWords(link) {
  const [one, many] = KINDS[link.protocol];
  const what = whatInWords(link);
  if (outcomeInWords(link)) return null;
  if (link.purpose === "confirm") {
    return {
      title: `Get ${many}`,
      heading: `Get these ${many}?`,
      lines: [
        `Someone asked us to send you ${what}.`,
        `Each ${one} has a link that stops them again.`,
      ],
      press: `Yes, send me these ${many}`,
      otherwise: "If you do not want them, close this page.",
    };
  }
  return {
    title: `Stop ${many}`,
    heading: `Stop these ${many}?`,
    lines: [
      soFar(link),
      "If you stop them, we delete your address, and nobody can invite you again unless you allow it.",
    ],
    press: `Stop the ${many}`,
    otherwise: null,
  };
}

/**
 * Write how things stand for someone who may stop messages.
 * @param {Link} link
 */
function soFar({ state, ...link }) {
  const [, many] = KINDS[link.protocol];
  const what = whatInWords(link);
  if (state === "pending") {
    return `Someone asked us to send you ${what}. You get no ${many} unless you agree.`;
  }
  if (state === "confirmed") return `You get ${what}.`;
  const why =
    state === "bounced"
      ? "your mailbox refused one"
      : "you stopped texts from us with your network";
  return `You agreed to get ${what}. We send no ${many} now, because ${why}.`;
}

/**
 * Write how things stand where nothing is left to decide; null where something is.
 * @param {Link} link
 * @returns {{ heading: string, text: string } | null}
 */
export function outcomeInWords(link) {
  const { purpose, protocol, state, address } = link;
  const [, many] = KINDS[protocol];
  if (state === "unsubscribed") {
    return { heading: `The ${many} are stopped`, text: `We deleted your address. ${UNINVITED}` };
  }
  if (state === "complained") {
    return {
      heading: `The ${many} are stopped`,
      text: `One was marked as spam, so we send no more and deleted your address. ${UNINVITED}`,
    };
  }
  if (purpose === "stop" || state === "pending") return null;
  const what = whatInWords(link);
  if (state === "confirmed") {
    return { heading: `You get these ${many}`, text: `${address} gets ${what}.` };
  }
  return {
    heading: `We cannot send you ${many}`,
    text:
      (state === "bounced"
        ? "Your mailbox refused an email. "
        : "You stopped texts from us with your network. ") +
      "Ask whoever invited you to send the invitation again.",
  };
}

/**
 * Tell whether someone may let people invite them again: with the link that stopped the messages.
 * @param {Link} link
 */
export function canAllow({ purpose, state }) {
  return purpose === "stop" && (state === "unsubscribed" || state === "complained");
}

/** @param {Pick<Link, "team" | "name" | "location_id">} link */
function whatInWords({ team, name, location_id: id }) {
  if (team) return `alerts of free beds in care homes, for the team ${teamName(team)}`;
  return `reminders to update the vacancies of ${name || id}`;
}
