// Moments and days as people in England read them. A day is text: "2026-11-22".

/** @typedef {string | number | Date} Moment */

const ZONE = "Europe/London";
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  day: "numeric",
  month: "long",
  year: "numeric",
});
const WEEKDAY = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const ISO = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "numeric",
  minute: "2-digit",
  hour12: true,
});

/**
 * Write the time of day: "2:14am".
 * @param {Moment} moment
 */
export function clock(moment) {
  return CLOCK.format(new Date(moment)).replace(/\s/g, "").replace(/^0:/, "12:").toLowerCase();
}

/**
 * Write the time and the day: "2:14am today", "11:50pm on 21 November".
 * @param {Moment} moment
 * @param {Moment} [now]
 */
export function when(moment, now = new Date()) {
  const day = dayOf(moment) === dayOf(now) ? "today" : `on ${DAY.format(new Date(moment))}`;
  return `${clock(moment)} ${day}`;
}

/**
 * Give the day that it is in England: "2026-11-22".
 * @param {Moment} moment
 */
export function dayOf(moment) {
  return ISO.format(new Date(moment));
}

/**
 * Write a day: "1 December 2026" for "2026-12-01".
 * @param {string} day
 */
export function dayInWords(day) {
  return DAY_AND_YEAR.format(new Date(`${day}T12:00:00Z`));
}

/**
 * Write a day of the coming months with its weekday: "Friday 28 November" for "2025-11-28".
 * @param {string} day
 */
export function dayWithWeekday(day) {
  return WEEKDAY.format(new Date(`${day}T12:00:00Z`)).replace(",", "");
}

/**
 * Give the day so many days later, or earlier where `days` is negative.
 * @param {string} day
 * @param {number} days
 */
export function daysLater(day, days) {
  const moment = new Date(`${day}T12:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** @type {[string, number][]} */
const UNITS = [
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
];

const DUE_AFTER_MS = 20 * HOUR_MS; // no reminder comes before that, by the same rule as the API

/**
 * Say whether counts that were confirmed then may be asked about again.
 * @param {string | null | undefined} confirmedAt
 * @param {number | Date} [now]
 */
export function isDue(confirmedAt, now = Date.now()) {
  return !confirmedAt || Number(now) - Date.parse(confirmedAt) >= DUE_AFTER_MS;
}

/**
 * Write how long ago they were confirmed, in whole units, rounded down: "confirmed 3 days ago".
 * @param {string | null | undefined} confirmedAt
 * @param {number | Date} [now]
 */
export function ageInWords(confirmedAt, now = Date.now()) {
  if (!confirmedAt) return "never confirmed";
  const age = Math.max(0, Number(now) - Date.parse(confirmedAt));
  for (const [unit, length] of UNITS) {
    const count = Math.floor(age / length);
    if (count) return `confirmed ${count} ${unit}${count > 1 ? "s" : ""} ago`;
  }
  return "confirmed just now";
}
