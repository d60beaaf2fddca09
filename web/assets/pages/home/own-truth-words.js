// How often a home's listings were right, in sentences.

import { dayInWords } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { countOf, isShown, rangeInWords } from "../../text/truth.js";

/**
 * Say what is known of one home, or from how many calls on that is said.
 * @param {Api.HomeTruth} truth
 * @returns {string[]}
 */
export function ownTruthInWords({ since, least_of_one_home: least, audited, reported }) {
  const ofTeams = `${plural(reported.truth.n, "call")} since ${dayInWords(since)}`;
  const calls = `Teams have told of ${ofTeams}, and the council has made ${audited.truth.n}.`;
  const sentences = [
    rateInWords("The council found a bed in", audited.truth),
    rateInWords("Teams found a bed in", reported.truth),
    rateInWords("Where there was one, it was for their person in", reported.fit),
  ].filter((each) => each !== null);
  if (!sentences.length)
    return [calls, `From ${least} calls on, it says here in how many there was a bed.`];
  if (isShown(reported.truth))
    sentences.push(
      "Teams tell of a bed that has gone more readily than of one that is there, so the true rate may be higher than theirs.",
    );
  return [calls, ...sentences];
}

/**
 * @param {string} start
 * @param {Api.Rate} rate
 */
function rateInWords(start, rate) {
  if (!isShown(rate)) return null;
  return `${start} ${countOf(rate)} of ${rate.n} calls. The true rate is likely ${rangeInWords(rate)}.`;
}
