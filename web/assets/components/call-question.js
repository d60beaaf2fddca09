// Asks what came of a call, once it was made: one press, and ten minutes to take it back.

import { keyedSender } from "../core/api.js";
import { forgetCall, noteCall, notedCall } from "../core/calls.js";
import { fill, focusOn, h } from "../core/dom.js";
import { button } from "./button.js";
import { statusMessage } from "./status-message.js";

/**
 * @typedef {[text: string, press: () => unknown]} Choice
 * @typedef {(result: Api.CallResult, text: string, members?: Record<string, unknown>) => Promise<void>} Save
 */

/**
 * @typedef {object} CallQuestionOptions
 * @property {string} call the id of the call, in this tab
 * @property {{ location_id: string, name: string }} home
 * @property {import("../core/calls.js").CalledListing} listing what the home lists now, and a call
 *   is about; one that was noted is about what was listed then
 * @property {() => Record<string, unknown>} reporter members of a request that say whose call it is
 * @property {(save: Save) => readonly Choice[]} choices
 * @property {Children} [control] what stands before the choices
 * @property {(outcome: Api.Outcome) => unknown} [onSaved]
 * @property {() => unknown} [onTakenBack]
 */

/**
 * Make the place of the question; `called` notes that the call is being made, and asks. It asks at
 * once, and `isAsking`, where a call was noted before.
 * @param {CallQuestionOptions} options
 */
export function callQuestion(options) {
  const { call, home, listing, reporter, onSaved = () => {}, onTakenBack = () => {} } = options;
  const path = `/homes/${encodeURIComponent(home.location_id)}/outcomes`;
  const send = keyedSender();
  const status = statusMessage();
  const noted = notedCall(call);
  let about = noted ? noted.listing : listing;
  const place = h("div", null);
  const element = h("div", { class: "outcome" }, place, status.element);

  function called() {
    about = listing;
    noteCall(call, about);
    return ask();
  }

  function ask() {
    status.clear();
    const question = `What came of your call to ${home.name}?`;
    const group = h(
      "div",
      { role: "group", "aria-label": question, class: "outcome__question" },
      h("p", { class: "outcome__text" }, question),
      h(
        "div",
        { class: "outcome__choices" },
        options.control,
        options
          .choices(save)
          .map(([text, onClick]) => button(text, { kind: "secondary", small: true, onClick })),
        button("Ask me later", { kind: "link", of: home.name, onClick: close }),
      ),
    );
    fill(place, group);
    return group;
  }

  /** @type {Save} */
  async function save(result, text, members = {}) {
    const { category, said_at, listed } = about;
    const body = { category, said_at, listed, result, ...members, ...reporter() };
    const made = notedCall(call);
    // Rounded up, so that no post that followed the call seems to be before it.
    const seconds = made ? Math.ceil((Date.now() - made.calledAt) / 1000) : 0;
    try {
      const headers = { "Observed-Ago": String(seconds) };
      const outcome = await send("POST", path, { body, headers });
      forgetCall(call);
      const isNews = outcome.result === result;
      if (isNews) onSaved(outcome);
      focusOn(showSaved(outcome, isNews ? text : `${text}. What the home said before stays`));
    } catch (error) {
      status.showFailure(error);
    }
  }

  /**
   * Say what was saved, with a button that takes it back while that is possible.
   * @param {Api.Outcome} outcome
   * @param {string} text
   */
  function showSaved(outcome, text) {
    const said = h("p", { class: "outcome__text", role: "status" }, `Saved: ${text}. `);
    const undo = button("Undo", { kind: "link", of: `${text}, ${home.name}`, onClick: takeBack });
    said.append(undo);
    fill(place, said);
    setTimeout(() => undo.remove(), Math.max(0, Date.parse(outcome.undo_until) - Date.now()));
    return said;

    async function takeBack() {
      try {
        const id = encodeURIComponent(outcome.outcome_id);
        await send("PATCH", `${path}/${id}`, { body: { withdrawn: true, ...reporter() } });
      } catch (error) {
        return status.showFailure(error);
      }
      onTakenBack();
      about = outcome;
      noteCall(call, about, Date.parse(outcome.told_at));
      return focusOn(ask());
    }
  }

  function close() {
    forgetCall(call);
    fill(place);
  }

  if (noted) ask();
  return { element, called, showSaved, isAsking: Boolean(noted) };
}
