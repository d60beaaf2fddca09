// What a home says of whom it takes and on which terms, as lines to read. Needs no browser.

import { listed, plural, pounds } from "./format.js";
import { ASSESSMENTS, FUNDING, NEEDS } from "./needs.js";
import { CATEGORIES } from "./vocabulary.js";

/** @type {readonly [Api.Answer, string][]} */
const ANSWERS = [
  ["yes", "Says yes to"],
  ["ask", "Ask about"],
  ["no", "Says no to"],
];

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * List what a home answered: a heading and the needs, for each answer that it gave.
 * @param {Api.Declaration} home
 * @returns {[heading: string, needs: string[]][]}
 */
export function answersInWords({ needs = {} }) {
  return ANSWERS.map(([answer, heading]) => {
    const ids = Object.keys(NEEDS).filter((id) => needs[id] === answer);
    return /** @type {[string, string[]]} */ ([heading, ids.map((id) => NEEDS[id].label)]);
  }).filter(([, labels]) => labels.length);
}

/**
 * Write a home's terms, a line for each that it has said.
 * @param {Api.Declaration} home
 */
export function termsInWords(home) {
  const { funding, top_up_from: topUp, respite_nights: nights } = home;
  const { assesses_by: by, assesses_within_hours: within, admission_hours: hours } = home;
  const uses = Object.entries(home.also_as || {}).map(
    ([category, others]) =>
      `${CATEGORIES[category]} beds may also be ${listed((others || []).map((each) => CATEGORIES[each].toLowerCase()))}`,
  );
  return [
    funding &&
      (funding.length ? `Accepts: ${named(funding, FUNDING)}` : "Accepts no funding listed"),
    topUp && `Top-up from ${pounds(topUp)} a week`,
    nights && `Respite for at least ${plural(nights, "night")}`,
    by && `Assesses ${named(by, ASSESSMENTS).toLowerCase()}`,
    within && `Assesses within ${plural(within, "hour")}`,
    ...(hours ? hoursInWords(hours) : []),
    ...uses,
  ].filter((line) => typeof line === "string");
}

/**
 * Write the hours of admission; days that follow each other and have the same stand together.
 * @param {Api.AdmissionHours} hours
 */
export function hoursInWords(hours) {
  /** @type {{ from: string, to: string, text: string }[]} */
  const runs = [];
  for (const day of DAYS) {
    const text = periods(hours[day] || []);
    const last = runs[runs.length - 1];
    if (last && last.text === text) last.to = day;
    else runs.push({ from: day, to: day, text });
  }
  const lines = runs.map(({ from, to, text }) => {
    const days = from === to ? capital(from) : `${capital(from)} to ${capital(to)}`;
    return `${days}: ${text}`;
  });
  if (hours.bank_holiday) lines.push(`Bank holidays: ${periods(hours.bank_holiday)}`);
  if (hours.same_day_before) lines.push(`Ask before ${hours.same_day_before} for the same day`);
  return lines;
}

/**
 * Write what changed of the answers: "PEG feeding: ask (was yes)".
 * @param {Record<string, Api.Answer>} before
 * @param {Record<string, Api.Answer>} after
 */
export function needLines(before, after) {
  return Object.entries(NEEDS).flatMap(([id, { label }]) => {
    const [old, now] = [before[id], after[id]];
    if (old === now) return [];
    return [`${label}: ${now || "not said any more"}${old && now ? ` (was ${old})` : ""}`];
  });
}

/** @param {readonly string[]} texts */
function periods(texts) {
  if (!texts.length) return "no admissions";
  if (texts[0] === "00:00-24:00") return "at any time";
  return listed(texts.map((each) => each.replace("-", " to ")));
}

/**
 * @param {readonly string[]} ids
 * @param {Record<string, string>} words
 */
function named(ids, words) {
  return listed(ids.map((id) => words[id] || id));
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
