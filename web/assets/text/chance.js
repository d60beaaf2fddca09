// How likely a listed bed is still there, in words, with the reason.

const DAY = 24 * 60 * 60 * 1000;

/**
 * Write why a chance is what it is: "1 bed, said 9 days ago; here one fills in about 2 weeks."
 * @param {Api.ChanceBasis} basis
 * @param {number | Date} [now]
 */
export function chanceReason({ listed, said_at: at, days_to_fill: days, seen_to_fill: seen }, now) {
  const beds = `${listed} ${listed === 1 ? "bed" : "beds"}, said ${agoInWords(at, now)}`;
  const fills = seen ? "here one fills" : "one is expected to fill";
  return `${beds}; ${fills} in about ${daysInWords(days)}.`;
}

/**
 * Write how long ago, in whole days: "less than a day ago", "9 days ago".
 * @param {string} at
 * @param {number | Date} [now]
 */
export function agoInWords(at, now = Date.now()) {
  const days = Math.floor((Number(now) - Date.parse(at)) / DAY);
  if (days < 1) return "less than a day ago";
  return days === 1 ? "1 day ago" : `${days} days ago`;
}

/**
 * Write a number of days to the precision in which anyone should trust it.
 * @param {number} days
 */
function daysInWords(days) {
  if (days < 1.5) return "a day";
  if (days < 11) return `${Math.round(days)} days`;
  if (days < 60) return `${Math.round(days / 7)} weeks`;
  return `${Math.round(days / 30.4)} months`;
}
