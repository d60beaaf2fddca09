// Asks what came of a call, once it was made: one press, and ten minutes to take it back.

import { keyedSender } from "../core/api.js";
import { forgetCall, lastCall, noteCall } from "../core/calls.js";
import { fill, focusOn, h } from "../core/dom.js";
import { button } from "./button.js";
import { statusMessage } from "./status-message.js";

/**
 * @typedef {[text: string, press: () => unknown]} Choice
 * @typedef {(result: Api.CallResult, text: string, members?: Record<string, unknown>) => Promise<void>} Save
 * @typedef {(question: string, choices: readonly Choice[]) => unknown} AskOn
 */

/**
 * @typedef {object} CallQuestionOptions
 * @property {string} call the id of the call, in this tab
 * @property {{ location_id: string, name: string }} home
 * @property {{ category: Api.BedCategory, said_at: string, listed: number }} listing what was called about
 * @property {() => Record<string, unknown>} reporter members of a request that say whose call it is
 * @property {(save: Save, askOn: AskOn) => readonly Choice[]} choices `askOn` puts a second question
 * @property {Children} [control] what stands before the choices
 * @property {(outcome: Api.Outcome) => unknown} [onSaved]
 * @property {() => unknown} [onTakenBack]
 */

/**
 * Make the place of the question; `called` notes that the call is being made, and asks.
 * @param {CallQuestionOptions} options
 */
export function callQuestion(options) {
  const { call, home, listing, reporter, onSaved = () => {}, onTakenBack = () => {} } = options;
  const path = `/homes/${encodeURIComponent(home.location_id)}/outcomes`;
  const send = keyedSender();
  const status = statusMessage();
  const place = h("div", null);
  const element = h("div", { class: "outcome" }, place, status.element);

  function called() {
    noteCall(call, listing.said_at);
    return ask();
  }

  function ask() {
    status.clear();
    const later = button("Ask me later", { kind: "link", of: home.name, onClick: close });
    const question = `What came of your call to ${home.name}?`;
    return show(question, options.choices(save, askOn), options.control, later);
  }

  /** @type {AskOn} */
  function askOn(question, choices) {
    return focusOn(show(question, choices));
  }

  /**
   * @param {string} question
   * @param {readonly Choice[]} choices
   * @param {Children} [before]
   * @param {Children} [after]
   */
  function show(question, choices, before, after) {
    const group = h(
      "div",
      { role: "group", "aria-label": question, class: "outcome__question" },
      h("p", { class: "outcome__text" }, question),
      h(
        "div",
        { class: "outcome__choices" },
        before,
        choices.map(([text, onClick]) => button(text, { kind: "secondary", small: true, onClick })),
        after,
      ),
    );
    fill(place, group);
    return group;
  }

  /** @type {Save} */
  async function save(result, text, members = {}) {
    const body = { ...listing, result, ...members, ...reporter() };
    const calledAt = lastCall(call, listing.said_at) || Date.now();
    const seconds = Math.floor((Date.now() - calledAt) / 1000);
    try {
      const headers = { "Observed-Ago": String(seconds) };
      const outcome = await send("POST", path, { body, headers });
      forgetCall(call);
      onSaved(outcome);
      focusOn(showSaved(outcome, text));
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
      noteCall(call, listing.said_at);
      return focusOn(ask());
    }
  }

  function close() {
    forgetCall(call);
    fill(place);
  }

  if (lastCall(call, listing.said_at)) ask();
  return { element, called, showSaved };
}
