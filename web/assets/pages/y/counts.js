// The counts of a home as a link shows and changes them: how many beds it accepts for, or a closure.

/**
 * What a link shows of a home.
 * @typedef {Pick<Api.Home, "location_id" | "version" | "name" | "registered_beds" | "beds"
 *   | "admission_status" | "confirmed_at">} LinkedHome
 *
 * What was entered: the text of `accepting` by category, and why the home closes, if it does.
 * @typedef {{ accepting: Partial<Record<Api.BedCategory, string>>, closure: string }} Entered
 */

/**
 * Name a category: "Dementia nursing" for "dementia_nursing". It makes the words of `CATEGORIES` without
 * loading them.
 * @param {string} category
 */
export function categoryName(category) {
  const words = category.replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * List the categories of a home with their counts.
 * @param {LinkedHome} home
 */
export function countsOf(home) {
  return /** @type {[Api.BedCategory, Api.BedCounts][]} */ (Object.entries(home.beds));
}

/**
 * Write each category of a home: "General nursing: 2 accepting, 8 of 10 beds occupied".
 * @param {LinkedHome} home
 */
export function linesOf(home) {
  return countsOf(home).map(([category, counts]) => {
    const { accepting, occupied, maximum_capacity: total } = counts;
    return `${categoryName(category)}: ${accepting} accepting, ${occupied} of ${total} beds occupied`;
  });
}

/**
 * Write how long ago the counts were said: "said 3 days ago".
 * @param {string | undefined} moment
 * @param {number} [now]
 */
export function ageInWords(moment, now = Date.now()) {
  if (!moment) return "never said";
  const minutes = Math.max(0, Math.floor((now - Date.parse(moment)) / 60000));
  /** @type {[number, string][]} */
  const units = [
    [1440, "day"],
    [60, "hour"],
    [1, "minute"],
  ];
  for (const [length, unit] of units) {
    const count = Math.floor(minutes / length);
    if (count) return `said ${count} ${unit}${count > 1 ? "s" : ""} ago`;
  }
  return "said just now";
}

/**
 * Make the change that was entered, or say what is wrong with it.
 * @param {LinkedHome} home
 * @param {Entered} entered
 * @param {Record<string, string>} reasons the words for why a home closes
 * @returns {{ problem: string } | { change: { beds?: object, admission_status?: object }, lines: string[] }}
 */
export function changeOf(home, { accepting, closure }, reasons) {
  /** @type {Record<string, object>} */
  const beds = {};
  const lines = [];
  for (const [category, counts] of countsOf(home)) {
    const text = accepting[category];
    if (text === undefined || text === String(counts.accepting)) continue;
    const count = /^\d{1,4}$/.test(text) ? Number(text) : -1;
    const occupied = counts.occupied + counts.accepting - count;
    if (count < 0) return { problem: `${categoryName(category)}: enter a whole number, such as 2` };
    if (occupied < 0) {
      const most = counts.occupied + counts.accepting;
      return { problem: `${categoryName(category)}: at most ${most} beds can be accepting` };
    }
    beds[category] = { ...counts, accepting: count, occupied };
    lines.push(`${categoryName(category)}: ${count} accepting (was ${counts.accepting})`);
  }
  const admission = closure ? { admission_status: { status: "closed", reason: closure } } : {};
  if (closure) lines.push(`Closed to admissions: ${reasons[closure].toLowerCase()}`);
  if (!lines.length) return { problem: "Change a number, or close the home" };
  return { change: { ...(Object.keys(beds).length && { beds }), ...admission }, lines };
}
