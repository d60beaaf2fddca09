// What teams looked for in a week, by district, kind of bed and need: for the council.

import { button } from "../../components/button.js";
import { saveCsv } from "../../components/csv.js";
import { dataTable } from "../../components/data-table.js";
import { checkbox, inputOf, selectField } from "../../components/field.js";
import { notice } from "../../components/notice.js";
import { openPage, showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { config } from "../../core/config.js";
import { fill, h } from "../../core/dom.js";
import { categoryInWords, periodInWords, wantedInWords } from "../../text/demand.js";
import { capitalised, plural } from "../../text/format.js";
import { csvRows, selectRows, valuesOf } from "./rows.js";

/** @typedef {import("../../components/field.js").Option} Option */

const COLUMNS = ["Looked for", "District", "Kind of bed", "Searches", "Homes that say yes"];

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  const heading = h("h1", { class: "nhsuk-heading-l" }, "What teams look for");
  const place = h("div", null);
  fill(main, heading, place);
  try {
    const { map } = await config();
    await showPeriod(place, map, "");
  } catch (error) {
    showFailure(main, error);
  }
});

/**
 * @param {HTMLElement} place
 * @param {MapConfig} tiles
 * @param {string} id of a period; empty: the newest
 */
async function showPeriod(place, tiles, id) {
  const query = id ? `?${new URLSearchParams({ period: id })}` : "";
  /** @type {Api.Demand} */
  const demand = await request("GET", `/demand${query}`);
  const { period } = demand;
  if (!period) return fill(place, explained(demand), nothingYet());
  const choose = periodField(demand, (other) =>
    showPeriod(place, tiles, other).catch((error) => showFailure(place, error)),
  );
  if (!demand.rows.length) return fill(place, explained(demand), choose, nothingIn(demand, period));
  return showRows(place, tiles, demand, period, choose);
}

/**
 * @param {HTMLElement} place
 * @param {MapConfig} tiles
 * @param {Api.Demand} demand
 * @param {Api.Period} period
 * @param {HTMLElement} choose
 */
async function showRows(place, tiles, demand, period, choose) {
  const { rows, districts } = demand;
  let selected = rows;
  const count = h("p", { class: "count", role: "status" });
  const table = dataTable({
    caption: `What teams looked for in ${periodInWords(period)}`,
    hideCaption: true,
    columns: COLUMNS,
    cards: true,
    className: "demand__table",
  });
  const filters = filterFields(rows, show);
  const download = button("Download table (CSV)", {
    kind: "secondary",
    onClick: () => saveCsv(csvRows(period, selected), `bedboard-demand-${period.id}.csv`),
  });
  const { demandMap } = await import("./demand-map.js");
  const map = demandMap(tiles, districts, (district) => filters.choose(district));
  fill(
    place,
    explained(demand),
    h("div", { class: "demand__filters" }, choose, filters.elements),
    h("p", { class: "nhsuk-hint" }, "Each marker shows how many needs no nearby home says yes to."),
    map.element,
    h("div", { class: "toolbar" }, count, download),
    table.element,
  );
  map.open();
  show();

  function show() {
    const chosen = filters.read();
    selected = selectRows(rows, chosen);
    const all = plural(rows.length, "row");
    fill(count, selected.length === rows.length ? all : `${selected.length} of ${all}`);
    download.disabled = !selected.length;
    map.show(selectRows(rows, { ...chosen, district: "" }), chosen.district);
    table.showRows(
      selected.map((row) => [
        wantedInWords(row.need),
        row.district,
        categoryInWords(row.category),
        row.searches,
        row.homes_saying_yes || h("strong", null, "None"),
      ]),
    );
  }
}

/**
 * Make the filters, which act as soon as something is chosen.
 * @param {readonly Api.DemandRow[]} rows
 * @param {() => unknown} onChange
 */
function filterFields(rows, onChange) {
  const districts = valuesOf(rows, "district").map((each) => /** @type {Option} */ ([each, each]));
  const categories = valuesOf(rows, "category").map(
    (each) => /** @type {Option} */ ([each, categoryInWords(each)]),
  );
  const district = selectField({
    ...{ id: "district", label: "District", options: [["", "All"], ...districts] },
  });
  const category = selectField({
    ...{ id: "category", label: "Kind of bed", options: [["", "All"], ...categories] },
  });
  const unmet = checkbox({
    id: "unmet",
    label: "Only what no nearby home says yes to",
    small: true,
  });
  const elements = [district, category, unmet];
  for (const each of elements) each.addEventListener("change", onChange);
  const read = () => ({
    district: inputOf(district).value,
    category: inputOf(category).value,
    unmet: inputOf(unmet).checked,
  });
  /** @param {string} value */
  function choose(value) {
    const input = inputOf(district);
    input.value = input.value === value ? "" : value;
    onChange();
  }
  return { elements, read, choose };
}

/**
 * @param {Api.Demand} demand
 * @param {(id: string) => unknown} onChoose
 */
function periodField({ periods, period }, onChoose) {
  const options = periods.map(
    (each) => /** @type {Option} */ ([each.id, capitalised(periodInWords(each))]),
  );
  const field = selectField({
    ...{ id: "period", label: "Period", options, value: period ? period.id : "" },
  });
  field.addEventListener("change", () => onChoose(inputOf(field).value));
  return field;
}

/** @param {Api.Demand} demand */
function explained({ least_counts: least, area_miles: miles, period }) {
  const orOneTeam = period && period.span === "month" ? "" : ", or of one team alone,";
  return h(
    "p",
    null,
    "Each team counts once a day for what it looked for in a district. ",
    `Figures below ${least}${orOneTeam} are not shown. `,
    `“Homes that say yes” are those within ${miles} miles of the district now.`,
  );
}

function nothingYet() {
  return notice(
    "warning",
    "There are no figures yet",
    h("p", null, "The first are here when a whole week, from Monday to Sunday, is over."),
  );
}

/**
 * @param {Api.Demand} demand
 * @param {Api.Period} period
 */
function nothingIn({ least_counts: least }, period) {
  return h(
    "p",
    null,
    `In ${periodInWords(period)} no need was looked for ${least} times or more in a district.`,
  );
}
