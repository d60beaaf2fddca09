// Asks on a home's card what came of the call, once it was called: one press, and ten minutes to
// take it back.

import { button } from "../../components/button.js";
import { selectField, valueOf } from "../../components/field.js";
import { statusMessage } from "../../components/status-message.js";
import { keyedSender } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { lowerFirst, teamName } from "../../text/format.js";
import { CALL_RESULTS } from "../../text/outcomes.js";
import { inSentence, requirementInWords } from "../../text/requirements.js";
import { forgetCall, lastCall, noteCall } from "./calls.js";

/**
 * @typedef {object} CallOutcomeOptions
 * @property {readonly string[]} asked the needs and the funding that the search asks for
 * @property {readonly string[]} teams those of the person
 * @property {(gone: Api.Gone | undefined) => unknown} onGone hears what is now said against the
 *   listing; undefined once it was taken back
 */

/**
 * Make the place of the question, for a home that lists a bed.
 * @param {Api.SearchResult & { chance_basis: Api.ChanceBasis }} home
 * @param {CallOutcomeOptions} options
 */
export function callOutcome(home, { asked, teams, onGone }) {
  const { category, said_at: saidAt, listed } = home.chance_basis;
  const path = `/homes/${encodeURIComponent(home.location_id)}/outcomes`;
  const send = keyedSender();
  const status = statusMessage();
  const place = h("div", { class: "outcome" });
  const element = h("div", { class: "result__outcome" }, place, status.element);
  const before = home.gone;
  const team =
    teams.length > 1 &&
    selectField({
      id: `team-of-call-${home.location_id}`,
      label: "Team",
      options: teams.map((each) => [each, teamName(each)]),
    });
  const ofTeam = () => (team ? { team: valueOf(team) } : {});

  /** Note that the home is being called, and ask. */
  function called() {
    noteCall(home.location_id, saidAt);
    return ask();
  }

  function ask() {
    status.clear();
    const results = /** @type {Api.CallResult[]} */ (Object.keys(CALL_RESULTS));
    return show(
      `What came of your call to ${home.name}?`,
      team,
      results.map((result) =>
        choice(CALL_RESULTS[result], () =>
          result === "not_for_this_person" ? askNeed() : save(result),
        ),
      ),
      button("Ask me later", { kind: "link", of: home.name, onClick: close }),
    );
  }

  function askNeed() {
    const shown = show(
      `What can ${home.name} not meet?`,
      null,
      [...asked, null].map((need) =>
        choice(need ? requirementInWords(need) : "Something else", () =>
          save("not_for_this_person", need),
        ),
      ),
    );
    focusOn(shown);
  }

  /**
   * @param {string} question
   * @param {...Children} controls
   */
  function show(question, ...controls) {
    const group = h(
      "div",
      { role: "group", "aria-label": question, class: "outcome__question" },
      h("p", { class: "outcome__text" }, question),
      h("div", { class: "outcome__choices" }, ...controls),
    );
    fill(place, group);
    return group;
  }

  /**
   * @param {string} text
   * @param {() => unknown} onClick
   */
  function choice(text, onClick) {
    return button(text, { kind: "secondary", small: true, onClick });
  }

  /**
   * @param {Api.CallResult} result
   * @param {string | null} [need]
   */
  async function save(result, need) {
    const said = { category, said_at: saidAt, listed, result, ...(need && { need }), ...ofTeam() };
    const calledAt = lastCall(home.location_id, saidAt) || Date.now();
    const seconds = Math.floor((Date.now() - calledAt) / 1000);
    try {
      const headers = { "Observed-Ago": String(seconds) };
      const outcome = await send("POST", path, { body: said, headers });
      forgetCall(home.location_id);
      if (result === "gone") {
        const others = before ? before.teams : 0;
        onGone({ told_at: outcome.told_at, teams: others + 1, disputed: others > 0 });
      }
      showSaved(outcome, needInWords(result, need));
    } catch (error) {
      status.showFailure(error);
    }
  }

  /**
   * @param {Api.Outcome} outcome
   * @param {string} text
   */
  function showSaved(outcome, text) {
    const said = h("p", { class: "outcome__text", role: "status" }, `Saved: ${text}. `);
    const undo = button("Undo", { kind: "link", of: `${text}, ${home.name}`, onClick: takeBack });
    said.append(undo);
    fill(place, said);
    focusOn(said);
    setTimeout(() => undo.remove(), Math.max(0, Date.parse(outcome.undo_until) - Date.now()));

    async function takeBack() {
      try {
        const id = encodeURIComponent(outcome.outcome_id);
        await send("PATCH", `${path}/${id}`, { body: { withdrawn: true, ...ofTeam() } });
      } catch (error) {
        return status.showFailure(error);
      }
      onGone(before);
      noteCall(home.location_id, saidAt);
      return focusOn(ask());
    }
  }

  function close() {
    forgetCall(home.location_id);
    fill(place);
  }

  if (lastCall(home.location_id, saidAt)) ask();
  return { element, called };
}

/**
 * @param {Api.CallResult} result
 * @param {string | null} [need]
 */
function needInWords(result, need) {
  const text = lowerFirst(CALL_RESULTS[result]);
  return need ? `${text}, because of ${inSentence(requirementInWords(need))}` : text;
}
