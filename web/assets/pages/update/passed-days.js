// What the home promised for a day that has passed: its page asks, and nobody else sees it any more.

import { notice } from "../../components/notice.js";
import { h } from "../../core/dom.js";
import { dayInWords } from "../../text/dates.js";
import { CATEGORIES } from "../../text/vocabulary.js";
import { CATEGORY_ORDER } from "./bed-counts.js";

/**
 * Ask about each promise whose day has passed.
 * @param {Pick<Api.Home, "beds" | "admission_status">} home
 * @param {string} today
 * @returns {string[]}
 */
export function questionsOf({ beds, admission_status: { expected_date: reopening } }, today) {
  const announced = CATEGORY_ORDER.flatMap((category) => {
    const { available_from: day } = beds[category] || {};
    if (!day || day >= today) return [];
    const kind = `${CATEGORIES[category].toLowerCase()} bed`;
    return [`You said that a ${kind} would be free on ${dayInWords(day)}. Is it free now?`];
  });
  if (!reopening || reopening >= today) return announced;
  const day = dayInWords(reopening);
  return [`You expected to reopen on ${day}. Are you open again?`, ...announced];
}

/**
 * Make the notice with these questions; none where no day has passed.
 * @param {Pick<Api.Home, "beds" | "admission_status">} home
 * @param {string} today
 */
export function passedDays(home, today) {
  const questions = questionsOf(home, today);
  if (!questions.length) return null;
  return notice(
    "warning",
    questions.length === 1 ? "A date has passed" : "Some dates have passed",
    questions.map((question) => h("p", null, question)),
    h(
      "p",
      null,
      "If so, change it below. If not, the old date goes when you next save or confirm.",
    ),
  );
}
