// How a home answered the last requests, in words.

import { lowerFirst } from "./format.js";
import { inSentence, requirementInWords } from "./requirements.js";
import { CATEGORIES } from "./vocabulary.js";

/**
 * Write how many of the last requests for one thing the home took.
 * @param {Api.Requests} requests
 */
export function requestsInWords({ asked, taken, requests }) {
  const category = CATEGORIES[asked];
  const thing = category ? lowerFirst(category) : inSentence(requirementInWords(asked));
  return `Took ${taken} of the last ${requests} requests: ${thing}`;
}
