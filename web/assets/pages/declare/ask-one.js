// One need that a home has not said and that teams searched for near it: asked after a post, answered with
// one press. The update page loads this only where there is something to ask.

import { button } from "../../components/button.js";
import { Refusal, refusalInWords } from "../../core/failures.js";
import { fill, h } from "../../core/dom.js";
import { read, write } from "../../core/storage.js";
import { NEEDS } from "../../text/needs.js";
import { readUnsent, send, takeTold } from "./unsent.js";

const FOUR_WEEKS_MS = 28 * 24 * 60 * 60 * 1000;

/** @typedef {{ need: string, said: Api.Answer | null }} Wanted */

/** @type {readonly [Api.Answer, string][]} */
const ANSWERS = [
  ["yes", "Yes"],
  ["ask", "Ask us"],
  ["no", "No"],
];

/**
 * Ask for the need that was searched for most, unless all were asked lately.
 * @param {HTMLElement} place
 * @param {{ me: Me, locationId: string, wanted: readonly Wanted[],
 *   onSaved: (home: Api.Home) => void }} options
 */
export function askOne(place, { me, locationId, wanted, onSaved }) {
  const waiting = readUnsent(me, locationId);
  const said = (waiting && waiting.edit.needs) || {};
  const need = needToAsk(wanted, (id) => id in said || Boolean(read(askedName(locationId, id))));
  if (!need) return;
  // Left unanswered, it is not asked again for a while.
  write(askedName(locationId, need), true, Date.now() + FOUR_WEEKS_MS);
  show(place, { me, locationId, need, onSaved });
}

/**
 * Give the first need that the home has not said and was not asked lately; undefined where there is none.
 * @param {readonly Wanted[]} wanted what was searched for most, first
 * @param {(need: string) => boolean} wasAsked
 */
export function needToAsk(wanted, wasAsked) {
  // Funding and hours are in the list too: they are not answered by yes, ask or no.
  const open = wanted.find(({ need, said }) => NEEDS[need] && !said && !wasAsked(need));
  return open && open.need;
}

/**
 * @param {HTMLElement} place
 * @param {{ me: Me, locationId: string, need: string, onSaved: (home: Api.Home) => void }} options
 */
function show(place, { me, locationId, need, onSaved }) {
  const { question, help } = NEEDS[need];
  const message = h("p", { class: "ask-one__result", role: "status" });
  const buttons = ANSWERS.map(([answer, text]) =>
    button(text, { kind: "secondary", of: question, onClick: () => say(answer) }),
  );
  const choices = h("div", { class: "actions" }, buttons);
  const heading = h("h3", { class: "nhsuk-heading-s", id: "ask-one" }, question);
  fill(
    place,
    h(
      "div",
      { role: "group", "aria-labelledby": "ask-one" },
      h("p", null, "Teams near you searched for this, and you have not said:"),
      heading,
      help && h("p", null, help),
      choices,
    ),
    message,
  );
  place.hidden = false;

  /** @param {Api.Answer} answer */
  async function say(answer) {
    try {
      const saved = await send(me, locationId, { needs: { [need]: answer } });
      choices.remove();
      if (saved) return tell(saved);
      fill(message, "Kept on this phone, and sent when there is a connection.");
      return window.addEventListener("online", sendAgain, { once: true });
    } catch (error) {
      const isRefused = error instanceof Refusal;
      const why = isRefused
        ? refusalInWords(error).join(" ")
        : "Sign in again: it is kept until then.";
      return fill(message, `Not saved. ${why}`);
    }
  }

  /** Where there is still no response, the next page that is opened for this home tries again. */
  async function sendAgain() {
    const saved = await send(me, locationId).catch(() => null);
    if (saved) tell(saved);
  }

  /** @param {Api.Home} saved */
  function tell(saved) {
    onSaved(saved);
    const { warnings } = takeTold(me, locationId);
    const href = `/declare.html?${new URLSearchParams({ home: locationId })}`;
    fill(
      message,
      "Saved. ",
      warnings.map((each) => `${each.message} `),
      h("a", { href }, "All your answers"),
    );
  }
}

/**
 * @param {string} locationId
 * @param {string} need
 */
function askedName(locationId, need) {
  return `asked.${locationId}.${need}`;
}
