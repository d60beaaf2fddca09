// Four weeks: the vacancies at the end of each day, and how many homes confirmed on it.

import { button } from "../../components/button.js";
import { chartTable, columnChart, lineChart } from "../../components/chart.js";
import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { listed, plural } from "../../text/format.js";
import { dayRows, daysUpTo, loadDays, seriesInWords, shortDay, vacanciesByDay } from "./days.js";
import { total } from "./homes.js";

const DAYS = 28;
const MAX_NAMED_DAYS = 5;
const COLUMNS = ["Day", "Vacancies at end of day", "New", "Gone", "Homes that confirmed"];

/**
 * Make the section; `load` asks for the days, once the element is on the page.
 * @param {Api.Overview} overview
 */
export function fourWeeks({ as_of: asOf, totals }) {
  const vacancies = total(totals.vacancies);
  const days = daysUpTo(asOf, DAYS);
  const oldestFirst = [...days].reverse();
  const names = oldestFirst.map(shortDay);
  /** @type {import("./days.js").ChangesByDay} */
  const changesByDay = new Map();
  const vacancyChart = lineChart(names);
  const confirmationChart = columnChart(names);
  const progress = h("div", { "aria-live": "polite" });
  const table = chartTable("The last four weeks, as a table", COLUMNS);
  const element = h(
    "section",
    { class: "chart-section", "aria-labelledby": "four-weeks" },
    h("h2", { class: "nhsuk-heading-m", id: "four-weeks" }, "The last four weeks"),
    progress,
    h("h3", { class: "nhsuk-heading-s" }, "Vacancies at the end of each day"),
    vacancyChart.element,
    h("h3", { class: "nhsuk-heading-s" }, "Homes that confirmed each day"),
    confirmationChart.element,
    table.element,
    h("p", { class: "nhsuk-body-s" }, "Each day is from midnight to midnight, UTC."),
  );
  return { element, load: () => load(days) };

  /** @param {readonly string[]} some of the days */
  async function load(some) {
    for (const day of some) changesByDay.delete(day);
    show();
    await loadDays(some, {
      load: (day) => request("GET", `/changes/${day}`),
      onLoad: (day, changes) => {
        changesByDay.set(day, changes);
        show();
      },
      isNeeded: () => element.isConnected,
    });
  }

  function show() {
    const missing = days.filter((day) => changesByDay.get(day) === null);
    if (changesByDay.size < DAYS) {
      fill(progress, h("p", null, `Loading: ${changesByDay.size} of ${DAYS} days.`));
    } else {
      fill(progress, missing.length > 0 && missingNotice(missing));
    }
    const levels = vacanciesByDay(vacancies, days, changesByDay).reverse();
    const confirmations = oldestFirst.map((day) => {
      const changes = changesByDay.get(day);
      return changes ? changes.homes_confirmed : null;
    });
    vacancyChart.show(seriesInWords("Vacancies at the end of each day", levels, names), levels);
    confirmationChart.show(
      seriesInWords("Homes that confirmed each day", confirmations, names),
      confirmations,
    );
    table.showRows(dayRows(vacancies, days, changesByDay));
  }

  /** @param {readonly string[]} missing */
  function missingNotice(missing) {
    return notice(
      "error",
      `We could not load ${plural(missing.length, "day")}`,
      h("p", null, `${daysInWords(missing)}. The vacancies before then are not known.`),
      button("Try again", { onClick: () => load(missing) }),
    );
  }
}

/** @param {readonly string[]} days */
function daysInWords(days) {
  const named = days.slice(0, MAX_NAMED_DAYS).map(shortDay);
  const left = days.length - named.length;
  return listed(left ? [...named, `${left} more`] : named);
}
