// Moments and days as people in England read them.

const ZONE = "Europe/London";
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  day: "numeric",
  month: "long",
  year: "numeric",
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

// "2:14am"
export function clock(moment) {
  return CLOCK.format(new Date(moment)).replace(/\s/g, "").replace(/^0:/, "12:").toLowerCase();
}

// "2:14am today", "11:50pm on 21 November"
export function when(moment, now = new Date()) {
  const day = dayOf(moment) === dayOf(now) ? "today" : `on ${DAY.format(new Date(moment))}`;
  return `${clock(moment)} ${day}`;
}

// "2026-11-22": the day that it is in England
export function dayOf(moment) {
  return ISO.format(new Date(moment));
}

// "1 December 2026" of "2026-12-01"
export function dayInWords(iso) {
  return DAY_AND_YEAR.format(new Date(`${iso}T12:00:00Z`));
}

export function daysLater(iso, days) {
  const day = new Date(`${iso}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
