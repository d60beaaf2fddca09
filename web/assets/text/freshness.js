// How far to trust a home's numbers: by the same limits as functions/shared/freshness.py.

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
];

export const FRESH_FOR = DAY;
export const AGEING_FOR = 7 * DAY;

export function freshness(confirmedAt, now = Date.now()) {
  if (!confirmedAt) return "stale";
  const age = now - new Date(confirmedAt);
  if (age > AGEING_FOR) return "stale";
  return age <= FRESH_FOR ? "fresh" : "ageing";
}

// "confirmed 3 days ago", in whole units, rounded down
export function ageInWords(confirmedAt, now = Date.now()) {
  if (!confirmedAt) return "never confirmed";
  const age = Math.max(0, now - new Date(confirmedAt));
  for (const [unit, length] of UNITS) {
    const count = Math.floor(age / length);
    if (count) return `confirmed ${count} ${unit}${count > 1 ? "s" : ""} ago`;
  }
  return "confirmed just now";
}
