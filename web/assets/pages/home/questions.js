// The questions about what the home before promised, in words. Needs no browser.

import { dayInWords } from "../../text/dates.js";
import { answersInWords, termsInWords } from "../../text/declaration.js";
import { feesInWords, listed, lowerFirst } from "../../text/format.js";
import { GROUPS, NEEDS } from "../../text/needs.js";

/** @type {readonly [topic: string, words: string, members: (keyof Api.Declaration)[]][]} */
const TERMS = [
  ["funding", "Who pays", ["funding", "top_up_from", "respite_nights"]],
  ["assessment", "How it assesses", ["assesses_by", "assesses_within_hours"]],
  ["admission_hours", "When it admits", ["admission_hours"]],
  ["also_as", "What its beds may be used as", ["also_as"]],
];

/**
 * List the open questions, a group of needs as one: an id, the names that the API knows, the words.
 * @param {Api.Promises} said
 * @returns {{ id: string, names: string[], text: string }[]}
 */
export function questionsOf(said) {
  return [
    ...Object.keys(GROUPS).flatMap((group) => groupQuestion(group, said)),
    ...TERMS.flatMap(([topic, words, members]) => {
      const part = Object.fromEntries(members.map((member) => [member, said[member]]));
      const lines = termsInWords(part);
      return lines.length ? [question(topic, `“${lines.join("; ")}”`, words)] : [];
    }),
    ...(said.weekly_fee_from || said.weekly_fee_to
      ? [question("weekly_fees", `fees ${lowerFirst(feesInWords(said))}`)]
      : []),
    ...(said.description ? [question("description", `“${said.description}”`)] : []),
  ];
}

/**
 * @param {string} group
 * @param {Api.Promises} said
 */
function groupQuestion(group, { needs = {}, needs_said_on: days = {} }) {
  const names = Object.keys(needs).filter((id) => NEEDS[id] && NEEDS[id].group === group);
  if (!names.length) return [];
  const answers = answersInWords({ needs: Object.fromEntries(names.map((id) => [id, needs[id]])) });
  const words = answers.map(
    ([heading, labels]) => `${lowerFirst(heading.replace("Says ", ""))} ${listed(labels)}`,
  );
  const day = days[group] ? ` (on ${dayInWords(days[group])})` : "";
  return [{ ...question(group, `${words.join("; ")}${day}`, GROUPS[group]), names }];
}

/**
 * @param {string} name
 * @param {string} words
 * @param {string} [heading]
 */
function question(name, words, heading = "") {
  const text = `${heading}${heading && ". "}The home before said: ${words}`;
  return { id: name, names: [name], text };
}
