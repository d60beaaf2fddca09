// The questions about what the home before promised, in words. Needs no browser.

import { feesInWords, lowerFirst } from "../../text/format.js";
import { FEATURES } from "../../text/vocabulary.js";

/**
 * List the open questions: the name that the API knows, and the words.
 * @param {Pick<Api.Home, "home_before">} home
 * @returns {{ name: string, text: string }[]}
 */
export function questionsOf({ home_before: before }) {
  const said = before && before.said;
  if (!said) return [];
  const asked = (/** @type {string} */ name, /** @type {string} */ words) => ({
    name,
    text: `The home before said: ${words}`,
  });
  return [
    ...said.features.map((name) => asked(name, FEATURES[name] || name)),
    ...(said.weekly_fee_from || said.weekly_fee_to
      ? [asked("weekly_fees", `fees ${lowerFirst(feesInWords(said))}`)]
      : []),
    ...(said.description ? [asked("description", `“${said.description}”`)] : []),
  ];
}
