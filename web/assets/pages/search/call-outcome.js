// Asks on a home's card what came of a team's call.

import { callQuestion } from "../../components/call-question.js";
import { selectField, valueOf } from "../../components/field.js";
import { lowerFirst, teamName } from "../../text/format.js";
import { TEAM_RESULTS } from "../../text/outcomes.js";
import { drawnNeed } from "./drawn-need.js";

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
  const { category, said_at, listed } = home.chance_basis;
  const before = home.gone;
  const need = drawnNeed(asked);
  const team =
    teams.length > 1 &&
    selectField({
      id: `team-of-call-${home.location_id}`,
      label: "Team",
      options: teams.map((each) => [each, teamName(each)]),
    });
  return callQuestion({
    call: home.location_id,
    home,
    listing: { category, said_at, listed },
    control: team,
    reporter: () => (team ? { team: valueOf(team) } : {}),
    choices: (save) =>
      TEAM_RESULTS.map(([result, text]) => [
        text,
        () => save(result, lowerFirst(text), need && isOfRequest(result) ? { need } : {}),
      ]),
    onSaved: ({ result, told_at, ...about }) => {
      const others = before ? before.teams : 0;
      const isOfCard = about.category === category && about.said_at === said_at;
      if (result === "gone" && isOfCard)
        onGone({ told_at, teams: others + 1, disputed: others > 0 });
    },
    onTakenBack: () => onGone(before),
  });
}

/**
 * Tell whether a home answered a request for a person, who needs the same whatever it answered.
 * @param {Api.CallResult} result
 */
function isOfRequest(result) {
  return result === "pursuing" || result === "not_for_this_person";
}
