// The last days as the change log has them: asked for one by one, and reckoned back from today.

import { request } from "../../core/api.js";
import { daysLater } from "../../text/dates.js";
import { sum } from "./home-filter.js";

const AT_ONCE = 2; // so that a council's page does not have a function start for every day

// UTC days up to that of the moment, newest first: "2026-11-22"
export function daysUpTo(moment, count) {
  const last = new Date(moment).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, back) => daysLater(last, -back));
}

// `got(day, sums)` as each comes; null: it could not be read. `goOn()`: whether to ask for more.
export async function readDays(days, got, goOn) {
  const left = [...days];
  const reader = async () => {
    while (left.length && goOn()) {
      const day = left.shift();
      let sums = null;
      try {
        sums = await request("GET", `/changes/${day}`);
      } catch {
        // told where the days are shown, with a way to try again
      }
      if (goOn()) got(day, sums);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
}

// Vacancies at the end of each of the days, newest first; null: not known, as a day between then
// and now could not be read, or not yet. `now`: the vacancies at this moment; `sums`: day to sums.
export function levels(now, days, sums) {
  let level = now;
  return days.map((day) => {
    const found = level;
    const of = sums.get(day);
    level = of && level !== null ? level - sum(of.opened) + sum(of.gone) : null;
    return found;
  });
}
