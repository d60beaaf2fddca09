// Asks on a home's card what came of a team's call.

import { callQuestion } from "../../components/call-question.js";
import { selectField, valueOf } from "../../components/field.js";
import { lowerFirst, teamName } from "../../text/format.js";
import { TEAM_RESULTS } from "../../text/outcomes.js";
import { inSentence, requirementInWords } from "../../text/requirements.js";
import { drawnNeed } from "./drawn-need.js";

/** @typedef {import("../../components/call-question.js").Choice} Choice */

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
  const drawn = drawnNeed(asked, home, said_at);
  const named = (/** @type {string | null | undefined} */ need) =>
    need ? { need, drawn: need === drawn } : {};
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
    choices: (save, askOn) => {
      /** @type {(need: string | null) => Choice} */
      const because = (need) => [
        need ? requirementInWords(need) : "Something else",
        () => save("not_for_this_person", whyNotInWords(need), named(need)),
      ];
      const whyNot = [...asked, null].map(because);
      return TEAM_RESULTS.map(([result, text]) => [
        text,
        () =>
          result === "not_for_this_person"
            ? askOn(`What can ${home.name} not meet?`, whyNot)
            : save(result, lowerFirst(text), result === "pursuing" ? named(drawn) : {}),
      ]);
    },
    onSaved: ({ result, told_at, ...about }) => {
      const others = before ? before.teams : 0;
      const isOfCard = about.category === category && about.said_at === said_at;
      if (result === "gone" && isOfCard)
        onGone({ told_at, teams: others + 1, disputed: others > 0 });
    },
    onTakenBack: () => onGone(before),
  });
}

/** @param {string | null} need */
function whyNotInWords(need) {
  const text = "not for this person";
  return need ? `${text}, because of ${inSentence(requirementInWords(need))}` : text;
}
