// Four weeks: vacancies at the end of each day, and how many homes confirmed on it.

import { button } from "../../components/button.js";
import { chartTable } from "../../components/chart/chart-table.js";
import { drawing } from "../../components/chart/drawing.js";
import { columns, line } from "../../components/chart/series.js";
import { notice } from "../../components/notice.js";
import { fill, h } from "../../core/dom.js";
import { listed, plural } from "../../text/format.js";
import { daysUpTo, levels, readDays } from "./days.js";
import { sum } from "./home-filter.js";

const DAYS = 28;
const MOST_NAMED = 5;
const COLUMNS = ["Day", "Free at its end", "Opened", "No longer free", "Homes that confirmed"];
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });

// `read()` asks for the days, once the element is on the page.
export function overTime({ as_of: asOf, totals }) {
  const days = daysUpTo(asOf, DAYS);
  const sums = new Map();
  const known = () => levels(sum(totals.vacancies), days, sums).reverse();
  const confirmed = () =>
    [...days].reverse().map((day) => (sums.get(day) ? sums.get(day).homes_confirmed : null));
  const names = [...days].reverse().map(dayName);
  const vacancies = drawing("", (width) => line(known(), names, width));
  const confirmations = drawing("", (width) => columns(confirmed(), names, width));
  const state = h("div", { "aria-live": "polite" });
  const table = chartTable("The last four weeks, as a table", COLUMNS);
  const element = h(
    "section",
    { class: "chart-section", "aria-labelledby": "over-time" },
    h("h2", { class: "nhsuk-heading-m", id: "over-time" }, "The last four weeks"),
    state,
    h("h3", { class: "nhsuk-heading-s" }, "Vacancies at the end of each day"),
    vacancies.element,
    h("h3", { class: "nhsuk-heading-s" }, "Homes that confirmed, each day"),
    confirmations.element,
    table.element,
    h("p", { class: "nhsuk-body-s" }, "A day is from midnight to midnight UTC, as the log has it."),
  );
  return { element, read: () => read(days) };

  async function read(wanted) {
    for (const day of wanted) sums.delete(day);
    show();
    const got = (day, found) => show(sums.set(day, found));
    await readDays(wanted, got, () => element.isConnected);
  }

  function show() {
    const missing = days.filter((day) => sums.get(day) === null);
    fill(state, sums.size < DAYS ? progress() : missing.length > 0 && notRead(missing));
    vacancies.redraw(inWords("Vacancies at the end of each day", known(), names));
    confirmations.redraw(inWords("Homes that confirmed, each day", confirmed(), names));
    table.showRows(lines());
  }

  function progress() {
    return h("p", null, `Reading the change log: ${sums.size} of ${DAYS} days.`);
  }

  function notRead(missing) {
    return notice(
      "error",
      `${plural(missing.length, "day")} could not be read`,
      h("p", null, `${daysInWords(missing)}. What vacancies there were before is not known.`),
      button("Try again", { onClick: () => read(missing) }),
    );
  }

  function lines() {
    const level = levels(sum(totals.vacancies), days, sums);
    return days.map((day, number) => {
      const found = sums.get(day);
      const name = number ? dayName(day) : "Today so far";
      const end = level[number] === null ? "not known" : level[number];
      if (!found) return [name, end, ...Array(3).fill(found === null ? "not read" : "…")];
      return [name, end, sum(found.opened), sum(found.gone), found.homes_confirmed];
    });
  }
}

function daysInWords(days) {
  const named = days.slice(0, MOST_NAMED).map(dayName);
  const left = days.length - named.length;
  return listed(left ? [...named, `${left} more`] : named);
}

// "22 Nov"
function dayName(day) {
  return DAY.format(new Date(`${day}T12:00:00Z`));
}

// What a chart shows, for whoever does not see it; oldest first.
function inWords(title, values, names) {
  const known = values.filter((each) => each !== null);
  const span = `${title}, ${names[0]} to ${names[names.length - 1]}`;
  if (!known.length) return `${span}: not known yet`;
  const last = values[values.length - 1];
  const now = last === null ? "" : `, today ${last}`;
  return `${span}: lowest ${Math.min(...known)}, highest ${Math.max(...known)}${now}`;
}
