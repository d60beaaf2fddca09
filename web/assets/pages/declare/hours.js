// Admission hours as people type them, and as the API takes them. Needs no browser.

export const DAYS = /** @type {const} */ ([
  ["monday", "Monday"],
  ["tuesday", "Tuesday"],
  ["wednesday", "Wednesday"],
  ["thursday", "Thursday"],
  ["friday", "Friday"],
  ["saturday", "Saturday"],
  ["sunday", "Sunday"],
  ["bank_holiday", "Bank holidays"],
]);

const MOST_PERIODS = 3; // of a day

const CLOCK = /^(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?$/;

/**
 * Read a time as people type it: "8", "8am", "8.30", "0830", "20:00", "midnight"; null is no time.
 * @param {string} text
 */
export function readClock(text) {
  const plain = text.trim().toLowerCase().replace(/\s/g, "");
  if (plain === "noon") return "12:00";
  if (plain === "midnight") return "24:00";
  const parts = CLOCK.exec(plain);
  if (!parts) return null;
  let hour = Number(parts[1]);
  const minute = Number(parts[2] || 0);
  if (parts[3] && (hour < 1 || hour > 12)) return null;
  if (parts[3]) hour = (hour % 12) + (parts[3] === "pm" ? 12 : 0);
  if (hour > 24 || minute > 59 || (hour === 24 && minute)) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/**
 * Read the periods of a day: "8am to 8pm", "08:00-12:00, 14:00-20:00", "all day", "none" or nothing.
 * Null is what cannot be read.
 * @param {string} text
 * @returns {string[] | null}
 */
export function readPeriods(text) {
  const plain = text.trim().toLowerCase();
  if (!plain || plain === "none") return [];
  if (/^(all day|24 hours|any ?time)$/.test(plain)) return ["00:00-24:00"];
  const periods = plain.split(/,|;|\band\b/).map((period) => {
    const [from, to, ...more] = period.split(/\bto\b|until|–|-/).map(readClock);
    if (!from || !to || more.length || from === "24:00" || from === to) return "";
    return `${from}-${to}`;
  });
  return periods.every(Boolean) ? periods : null;
}

/**
 * Say what is wrong with the periods of a day as people type them; empty where nothing is.
 * @param {string} text
 */
export function problemIn(text) {
  const periods = readPeriods(text);
  if (!periods) return "must be hours, such as 8am to 8pm, or none";
  if (periods.length > MOST_PERIODS) return `can have ${MOST_PERIODS} periods`;
  const minutes = periods.map((each) => {
    const [from, to] = each.split("-").map(minutesOf);
    return { from, to: to > from ? to : to + 24 * 60 };
  });
  minutes.sort((one, other) => one.from - other.from);
  const overlap = minutes.some(({ from }, number) => number > 0 && from < minutes[number - 1].to);
  return overlap ? "has periods that overlap: write them as one" : "";
}

/** @param {string} time */
function minutesOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/**
 * Write the periods of a day as they stand in their field: "08:00 to 20:00"; "none" where there are
 * none.
 * @param {readonly string[]} periods
 */
export function periodsInWords(periods) {
  if (!periods.length) return "none";
  if (periods.length === 1 && periods[0] === "00:00-24:00") return "all day";
  return periods.map((each) => each.replace("-", " to ")).join(", ");
}
