// The changes of the last days, and the vacancies at the end of each. Needs no browser.

import { daysLater } from "../../text/dates.js";
import { total } from "./homes.js";

const PARALLEL_REQUESTS = 2; // so that a function need not start for every day

/**
 * What is known of each day: null where its changes could not be loaded, nothing where they were
 * not loaded yet.
 * @typedef {Map<string, Api.DayOfChanges | null>} ChangesByDay
 */

const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });

/**
 * Write a day for a chart: "22 Nov".
 * @param {string} day
 */
export function shortDay(day) {
  return DAY.format(new Date(`${day}T12:00:00Z`));
}

/**
 * List UTC days up to that of a moment, newest first: "2026-11-22".
 * @param {string} moment
 * @param {number} count
 */
export function daysUpTo(moment, count) {
  const last = new Date(moment).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, back) => daysLater(last, -back));
}

/**
 * Load the changes of days, a few at a time.
 * @param {readonly string[]} days
 * @param {object} options
 * @param {(day: string) => Promise<Api.DayOfChanges>} options.load
 * @param {(day: string, changes: Api.DayOfChanges | null) => void} options.onLoad called for each
 *   day as it comes; null where it could not be loaded
 * @param {() => boolean} options.isNeeded whether the page still shows them
 */
export async function loadDays(days, { load, onLoad, isNeeded }) {
  const queue = [...days];
  const worker = async () => {
    for (let day = queue.shift(); day && isNeeded(); day = queue.shift()) {
      const changes = await load(day).catch(() => null);
      if (isNeeded()) onLoad(day, changes);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_REQUESTS }, worker));
}

/**
 * Count back from the vacancies now to those at the end of each day; null where a day between then
 * and now is not known.
 * @param {number} vacancies now
 * @param {readonly string[]} days newest first
 * @param {ChangesByDay} changesByDay
 */
export function vacanciesByDay(vacancies, days, changesByDay) {
  /** @type {number | null} */
  let level = vacancies;
  return days.map((day) => {
    const atEnd = level;
    const changes = changesByDay.get(day);
    level = changes && level !== null ? level - total(changes.opened) + total(changes.gone) : null;
    return atEnd;
  });
}

/**
 * Give the rows of the table of the days.
 * @param {number} vacancies now
 * @param {readonly string[]} days newest first
 * @param {ChangesByDay} changesByDay
 */
export function dayRows(vacancies, days, changesByDay) {
  const levels = vacanciesByDay(vacancies, days, changesByDay);
  return days.map((day, number) => {
    const name = number ? shortDay(day) : "Today so far";
    const level = levels[number];
    const atEnd = level === null ? "not known" : level;
    const changes = changesByDay.get(day);
    if (changes) {
      return [name, atEnd, total(changes.opened), total(changes.gone), changes.homes_confirmed];
    }
    return [name, atEnd, ...Array(3).fill(changes === null ? "not loaded" : "…")];
  });
}

/**
 * Say what a chart shows, for someone who does not see it.
 * @param {string} title
 * @param {readonly (number | null)[]} values oldest first
 * @param {readonly string[]} names of the days
 */
export function seriesInWords(title, values, names) {
  const known = values.filter((each) => each !== null);
  const span = `${title}, ${names[0]} to ${names[names.length - 1]}`;
  if (!known.length) return `${span}: not known yet`;
  const last = values[values.length - 1];
  const today = last === null ? "" : `, today ${last}`;
  return `${span}: lowest ${Math.min(...known)}, highest ${Math.max(...known)}${today}`;
}
