// Where the vacancies are: by kind of bed and by area, as bars and as numbers.

import { bars } from "../../components/chart/bars.js";
import { chartTable } from "../../components/chart/chart-table.js";
import { h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { CATEGORIES } from "../../text/vocabulary.js";
import { percent } from "./figures.js";
import { freeBeds, sum } from "./home-filter.js";

const MOST_BARS = 20;

export function areas({ homes, totals, local_authorities: authorities }) {
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
      authorities.length > 1 && byArea("local authority", authorities.map(ofAuthority)),
      byArea("postcode district", districts(homes)),
    ),
  ];
}

function byKind({ vacancies, capacity }) {
  const all = sum(vacancies);
  const kinds = Object.keys(CATEGORIES)
    .filter((each) => capacity[each])
    .map((each) => [CATEGORIES[each], vacancies[each] || 0, capacity[each]])
    .sort((a, b) => b[1] - a[1]);
  if (!kinds.length) return h("p", null, "No home has posted its beds yet.");
  return [
    h("p", null, `${all} of ${plural(sum(capacity), "bed")} can be had now.`),
    bars(
      `Vacancies by kind of bed: ${kinds.map(([name, free]) => `${name} ${free}`).join(", ")}`,
      kinds.map(([name, free]) => ({ name, value: free, text: String(free) })),
    ),
    chartTable(
      "Vacancies by kind of bed, as a table",
      ["Kind of bed", "Vacancies", "Beds", "Vacant"],
      kinds.map(([name, free, beds]) => [name, free, beds, percent(free, beds)]),
    ).element,
  ];
}

function byArea(kind, all) {
  const found = all.sort((a, b) => b.vacancies - a.vacancies || a.name.localeCompare(b.name));
  const shown = found.slice(0, MOST_BARS);
  const title = `Vacancies by ${kind}`;
  const left = found.length - shown.length;
  return [
    h("h3", { class: "nhsuk-heading-s" }, `By ${kind}`),
    bars(
      `${title}: ${shown.map(({ name, vacancies }) => `${name} ${vacancies}`).join(", ")}`,
      shown.map(({ name, vacancies }) => ({ name, value: vacancies, text: String(vacancies) })),
    ),
    left > 0 &&
      h("p", null, `The ${MOST_BARS} with most vacancies. The table has the other ${left} too.`),
    chartTable(
      `${title}, as a table`,
      [kind.charAt(0).toUpperCase() + kind.slice(1), "Homes", "Up to date", "Closed", "Vacancies"],
      found.map((each) => [each.name, each.homes, each.fresh, each.closed, each.vacancies]),
    ).element,
  ];
}

function ofAuthority({ local_authority: name, homes, closed, freshness, vacancies }) {
  return { name, homes, closed, fresh: freshness.fresh, vacancies: sum(vacancies) };
}

// Of "EX2 5DW", "EX2": within one council that is where a family would look.
function districts(homes) {
  const found = new Map();
  for (const home of homes) {
    const name = home.postcode.split(" ")[0];
    const area = found.get(name) || { name, homes: 0, closed: 0, fresh: 0, vacancies: 0 };
    area.homes += 1;
    area.closed += home.admission_status.status === "closed" ? 1 : 0;
    area.fresh += home.freshness === "fresh" ? 1 : 0;
    area.vacancies += freeBeds(home);
    found.set(name, area);
  }
  return [...found.values()];
}
