// Finds needs by what someone types: their label, or a word of their question or help.

import { NEEDS } from "../../text/needs.js";

/** How many are offered at once. */
const MOST = 6;

/**
 * List the needs that fit what is typed, the likeliest first: each word typed begins one of theirs.
 * @param {string} text
 * @param {readonly string[]} [chosen] those that are not offered again
 * @returns {string[]} their ids
 */
export function matchingNeeds(text, chosen = []) {
  const typed = wordsIn(text);
  if (!typed.length) return [];
  return Object.entries(NEEDS)
    .filter(([id]) => !chosen.includes(id))
    .map(([id, need]) => ({ id, rank: rank(typed, need) }))
    .filter(({ rank: each }) => each < NONE)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ id }) => id);
}

const NONE = 3;

/**
 * @param {readonly string[]} typed
 * @param {import("../../text/needs.js").Need} need
 */
function rank(typed, { label, question, help = "" }) {
  if (label.toLowerCase().startsWith(typed.join(" "))) return 0;
  if (beginWordsOf(typed, label)) return 1;
  return beginWordsOf(typed, `${label} ${question} ${help}`) ? 2 : NONE;
}

/**
 * @param {readonly string[]} typed
 * @param {string} text
 */
function beginWordsOf(typed, text) {
  const words = wordsIn(text);
  return typed.every((each) => words.some((word) => word.startsWith(each)));
}

/** @param {string} text */
function wordsIn(text) {
  return text.toLowerCase().match(/[a-z0-9']+/g) || [];
}
