// The rates of a year: what the headline says of them, the rows of the tables, and the files.

import { plural } from "../../text/format.js";
import { countOf, isShown, monthInWords, percent, rangeInWords } from "../../text/truth.js";
import { CATEGORIES } from "../../text/vocabulary.js";

/**
 * @typedef {keyof Api.RatesBy} Grouping
 *
 * @typedef {object} Headline
 * @property {string} heading
 * @property {string[]} lines
 * @property {boolean} isEnough whether the rate may be said of the whole list
 *
 * @typedef {object} Row
 * @property {string} group
 * @property {Api.Rate} audited how often the council found a bed
 * @property {Api.Rate} reported how often teams said that they found one
 * @property {Api.Rate} fit how often one was for their person
 */

/** @type {Record<string, string>} The ages of listings, the newest first. */
const AGES = {
  "0-1": "Less than a day",
  "1-3": "1 or 2 days",
  "3-7": "3 to 6 days",
  "7-14": "7 to 13 days",
  "14-30": "14 to 29 days",
  "30-": "30 days or more",
};

const NO_RATE = { n: 0 };

/** @type {Record<Grouping, (group: string) => string>} */
const WORDS = {
  month: (group) => monthInWords(`${group}-01`),
  category: (group) => CATEGORIES[group] || group,
  age: (group) => AGES[group] || group,
};

/** @type {Record<Grouping, (groups: string[]) => string[]>} */
const ORDERS = {
  month: (groups) => groups.sort().reverse(),
  category: (groups) => inOrder(groups, Object.keys(CATEGORIES)),
  age: (groups) => inOrder(groups, Object.keys(AGES)),
};

/**
 * Name a group: "November 2026", "Dementia nursing", "3 to 6 days".
 * @param {Grouping} grouping
 * @param {string} group
 */
export function groupInWords(grouping, group) {
  return WORDS[grouping](group);
}

/**
 * Say what the council's own calls found, or how many are missing before that says much.
 * @param {Api.Rate} rate of the audit
 * @param {number} least how many calls are enough
 * @returns {Headline}
 */
export function headline(rate, least) {
  if (!isShown(rate)) {
    return {
      heading: "There is no figure yet",
      lines: [`It takes ${least} calls in which the home answered to say how often it was right.`],
      isEnough: false,
    };
  }
  const found = `${countOf(rate)} of ${plural(rate.n, "listing")} still had a bed when the council telephoned.`;
  const range = `The true rate lies between ${percent(rate.low)} and ${percent(rate.high)}, 9 times in 10.`;
  if (rate.n >= least)
    return { heading: percent(rate.rate), lines: [found, range], isEnough: true };
  const missing = plural(least - rate.n, "more call");
  return {
    heading: "Too few calls to say",
    lines: [found, range, `${missing} in which the home answers will make it worth quoting.`],
    isEnough: false,
  };
}

/**
 * Give the rows of one grouping, with what the council found and what teams reported side by side.
 * @param {Api.Truth} truth
 * @param {Grouping} grouping
 * @returns {Row[]}
 */
export function rowsBy({ audited, reported }, grouping) {
  const [checks, reports] = [audited, reported].map(
    (rates) => new Map(rates.by[grouping].map((each) => [each.group, each])),
  );
  const groups = [...new Set([...checks.keys(), ...reports.keys()])];
  return ORDERS[grouping](groups).map((group) => {
    const check = checks.get(group);
    const report = reports.get(group);
    return {
      group,
      audited: check ? check.truth : NO_RATE,
      reported: report ? report.truth : NO_RATE,
      fit: report ? report.fit : NO_RATE,
    };
  });
}

/**
 * Write what stands for a rate in a table, with its range and its calls.
 * @param {Api.Rate} rate
 * @returns {{ rate: string, basis: string }}
 */
export function rateInWords(rate) {
  const calls = plural(rate.n, "call");
  if (isShown(rate)) return { rate: percent(rate.rate), basis: `${rangeInWords(rate)}, ${calls}` };
  return rate.n
    ? { rate: "Not shown", basis: `${calls}, all about one home` }
    : { rate: "–", basis: "No calls" };
}

/**
 * Name the chances of a bin: "90% to 100%".
 * @param {Api.CalibrationBin} bin
 */
export function binInWords({ from }) {
  return `${Math.round(100 * from)}% to ${Math.round(100 * from + 10)}%`;
}

/**
 * Judge a bin.
 * @param {Api.CalibrationBin} bin
 * @param {number} least how many calls are enough
 */
export function judgement({ seen, apart }, least) {
  if (seen.n < least) return `Too few calls: ${least - seen.n} more needed`;
  return apart ? "Apart" : "Close";
}

/**
 * Say in a sentence whether said chances are what calls found.
 * @param {Api.Calibration} calibration
 */
export function calibrationInWords({ bins, least_judged: least }) {
  const judged = bins.filter(({ seen }) => seen.n >= least);
  const apart = judged.filter((each) => each.apart);
  if (!judged.length) return `No row has the ${least} calls yet that it takes to judge it.`;
  const rows = plural(judged.length, "row");
  if (!apart.length)
    return `Of ${rows} with ${least} calls or more, all are close: search says what calls find.`;
  const doubt = "An accident is possible: look again after 100 calls before you act.";
  return `Of ${rows} with ${least} calls or more, ${apart.length} ${
    apart.length === 1 ? "is" : "are"
  } apart: ${apart.map(apartInWords).join("; ")}. ${doubt}`;
}

/** @param {Api.CalibrationBin} bin */
function apartInWords({ said, seen }) {
  return `search said ${percent(said)}, calls found ${isShown(seen) ? percent(seen.rate) : "none"}`;
}

/** @param {Api.Truth} truth */
export function rateCsvRows(truth) {
  /** @type {[string, string, Api.Rate][]} */
  const whole = [
    ["council", "bed there", truth.audited.whole.truth],
    ["teams", "bed there", truth.reported.whole.truth],
    ["teams", "for this person", truth.reported.whole.fit],
  ];
  const groupings = /** @type {Grouping[]} */ (["month", "category", "age"]);
  return [
    ["Called since", "Grouped by", "Group", "Told by", "Rate of", "Calls", "Rate", "Low", "High"],
    ...whole.map(([by, of, rate]) => [truth.since, "", "", by, of, ...cells(rate)]),
    ...groupings.flatMap((grouping) =>
      rowsBy(truth, grouping).flatMap(({ group, audited, reported, fit }) => {
        const head = [truth.since, grouping, groupInWords(grouping, group)];
        return [
          [...head, "council", "bed there", ...cells(audited)],
          [...head, "teams", "bed there", ...cells(reported)],
          [...head, "teams", "for this person", ...cells(fit)],
        ];
      }),
    ),
  ];
}

/** @param {Api.Calibration} calibration */
export function calibrationCsvRows({ bins, least_judged: least }) {
  return [
    ["Chance from", "Chance said", "Calls", "Bed there", "Low", "High", "Judgement"],
    ...bins.map((bin) => [bin.from, bin.said, ...cells(bin.seen), judgement(bin, least)]),
  ];
}

/** @param {Api.Rate} rate */
function cells(rate) {
  return isShown(rate) ? [rate.n, rate.rate, rate.low, rate.high] : [rate.n, "", "", ""];
}

/**
 * @param {string[]} groups
 * @param {readonly string[]} order
 */
function inOrder(groups, order) {
  return groups.sort((one, other) => order.indexOf(one) - order.indexOf(other));
}
