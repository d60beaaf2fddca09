// The vacancies by kind of bed and by area, as bars and as tables.

import { barChart, chartTable } from "../../components/chart.js";
import { h } from "../../core/dom.js";
import { capitalised, plural } from "../../text/format.js";
import { CATEGORIES } from "../../text/vocabulary.js";
import { isUnsure, percentage, total, vacanciesOf } from "./homes.js";

const MAX_BARS = 20;

/**
 * @typedef {object} Area
 * @property {string} name
 * @property {number} homes
 * @property {number} unsure how many of the homes list a bed that is uncertain or to be phoned first
 * @property {number} closed
 * @property {number} vacancies
 */

/**
 * Make the two sections.
 * @param {Api.Overview} overview
 */
export function vacancyCharts({ homes, totals, local_authorities: authorities }) {
  return [
    h(
      "section",
      { class: "chart-section", "aria-labelledby": "by-kind" },
      h("h2", { class: "nhsuk-heading-m", id: "by-kind" }, "Vacancies by kind of bed"),
      byKind(totals),
    ),
    h(
      "section",
      { class: "chart-section", "aria-labelledby": "by-area" },
      h("h2", { class: "nhsuk-heading-m", id: "by-area" }, "Vacancies by area"),
      authorities.length > 1 && byArea("local authority", authorities.map(authorityArea)),
      byArea("postcode district", districts(homes)),
    ),
  ];
}

/** @param {Api.Totals} totals */
function byKind({ vacancies, capacity }) {
  const categories = /** @type {Api.BedCategory[]} */ (Object.keys(CATEGORIES));
  const kinds = categories
    .map((each) => ({
      name: CATEGORIES[each],
      vacancies: vacancies[each] || 0,
      beds: capacity[each] || 0,
    }))
    .filter(({ beds }) => beds)
    .sort((a, b) => b.vacancies - a.vacancies);
  if (!kinds.length) return h("p", null, "No home has posted bed counts yet.");
  const beds = plural(total(capacity), "bed");
  return [
    h("p", null, `There are ${plural(total(vacancies), "vacancy", "vacancies")} in ${beds}.`),
    vacancyBars("Vacancies by kind of bed", kinds),
    chartTable(
      "Vacancies by kind of bed, as a table",
      ["Kind of bed", "Vacancies", "Beds", "Share"],
      kinds.map((kind) => [
        kind.name,
        kind.vacancies,
        kind.beds,
        percentage(kind.vacancies, kind.beds),
      ]),
    ).element,
  ];
}

/**
 * @param {string} kind
 * @param {Area[]} areas
 */
function byArea(kind, areas) {
  const sorted = [...areas].sort(
    (a, b) => b.vacancies - a.vacancies || a.name.localeCompare(b.name),
  );
  const title = `Vacancies by ${kind}`;
  return [
    h("h3", { class: "nhsuk-heading-s" }, `By ${kind}`),
    vacancyBars(title, sorted.slice(0, MAX_BARS)),
    sorted.length > MAX_BARS &&
      h(
        "p",
        null,
        `The chart shows the ${MAX_BARS} with the most vacancies. The table shows all ${sorted.length}.`,
      ),
    chartTable(
      `${title}, as a table`,
      [capitalised(kind), "Homes", "Not sure", "Closed", "Vacancies"],
      sorted.map((area) => [area.name, area.homes, area.unsure, area.closed, area.vacancies]),
    ).element,
  ];
}

/**
 * @param {string} title
 * @param {readonly { name: string, vacancies: number }[]} rows
 */
function vacancyBars(title, rows) {
  const inWords = rows.map(({ name, vacancies }) => `${name} ${vacancies}`).join(", ");
  return barChart(
    `${title}: ${inWords}`,
    rows.map(({ name, vacancies }) => ({ name, value: vacancies, text: String(vacancies) })),
  );
}

/**
 * @param {Api.Totals & { local_authority: string }} totals
 * @returns {Area}
 */
function authorityArea({ local_authority: name, homes, closed, likelihood, vacancies }) {
  const unsure = likelihood.uncertain + likelihood.phone_first;
  return { name, homes, closed, unsure, vacancies: total(vacancies) };
}

/**
 * Add up the homes of each postcode district, such as "EX2" for "EX2 5DW": within one council that
 * is where a family would look.
 * @param {readonly Api.OverviewHome[]} homes
 * @returns {Area[]}
 */
export function districts(homes) {
  const byName = new Map();
  for (const home of homes) {
    const name = home.postcode.split(" ")[0];
    const area = byName.get(name) || { name, homes: 0, closed: 0, unsure: 0, vacancies: 0 };
    area.homes += 1;
    area.closed += home.admission_status.status === "closed" ? 1 : 0;
    area.unsure += isUnsure(home.likelihood) ? 1 : 0;
    area.vacancies += vacanciesOf(home);
    byName.set(name, area);
  }
  return [...byName.values()];
}
