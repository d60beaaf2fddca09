// The list of homes: a filter above it, sorted by its column headings, and a file of it.

import { button } from "../../components/button.js";
import { saveCsv } from "../../components/csv.js";
import { inputOf, selectField, textField } from "../../components/field.js";
import { position } from "../../components/page-position.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { dayOf } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import {
  addressOf,
  csvRows,
  hasFilters,
  parseQuery,
  selectHomes,
  withoutFilters,
} from "./homes.js";
import { homesTable } from "./homes-table.js";

/** @typedef {import("./homes.js").HomesQuery} HomesQuery */
/** @typedef {import("../../components/field.js").Option} Option */

/** @type {readonly Option[]} */
const FRESHNESS = [
  ["", "Any"],
  ["due", "Not up to date"],
  ["fresh", "Fresh"],
  ["ageing", "Ageing"],
  ["stale", "Stale"],
  ["never", "Never posted"],
];
/** @type {readonly Option[]} */
const STATUSES = [
  ["", "Any"],
  ["open", "Open to admissions"],
  ["closed", "Closed to admissions"],
];
/** @type {readonly Option[]} */
const PLACING = [
  ["", "Any"],
  ["stopped", "Not placing here"],
  ["yes", "Placing here"],
];
/**
 * For narrow screens, which have no column headings.
 * @type {readonly Option[]}
 */
const SORTS = [
  ["confirmed", "Last confirmed, oldest first"],
  ["-confirmed", "Last confirmed, newest first"],
  ["name", "Name, A to Z"],
  ["-name", "Name, Z to A"],
  ["-vacancies", "Most vacancies first"],
  ["vacancies", "Fewest vacancies first"],
  ["status", "Closed homes first"],
  ["-status", "Open homes first"],
  ["authority", "Local authority, A to Z"],
  ["-authority", "Local authority, Z to A"],
];

/**
 * Make the section; `showOnly` replaces the filter, and `showAll` leaves no home for later.
 * @param {Api.Overview} overview
 */
export function homesSection({ homes, as_of: asOf, local_authorities: authorities }) {
  let query = parseQuery(location.search);
  /** @type {Api.OverviewHome[]} */
  let selected = [];
  const heading = h("h2", { class: "nhsuk-heading-m", id: "homes" }, "Homes");
  const count = h("p", { class: "count", role: "status" });
  const empty = h("div", null);
  const showPlacing = homes.some((each) => each.placing_stop);
  const table = homesTable({ asOf, showAuthority: authorities.length > 1, showPlacing, onSort });
  const filter = filterForm(
    authorities.map((each) => each.local_authority),
    showPlacing || Boolean(query.placing),
    changeQuery,
  );
  const download = button("Download list (CSV)", {
    kind: "secondary",
    onClick: () => saveCsv(csvRows(selected), `bedboard-homes-${dayOf(asOf)}.csv`),
  });
  const element = h(
    "section",
    { "aria-labelledby": "homes" },
    heading,
    filter.element,
    h("div", { class: "toolbar" }, count, download),
    empty,
    table.element,
  );
  filter.show(query);
  show(position().shown);

  /** @param {Partial<HomesQuery>} change */
  function changeQuery(change) {
    query = { ...query, ...change };
    show();
  }

  /** @param {string} sort */
  function onSort(sort) {
    changeQuery({ sort });
    filter.show(query);
  }

  /** @param {number} [shown] how many homes to show at least: as many as before */
  function show(shown) {
    history.replaceState({ ...position(), shown }, "", addressOf(query));
    selected = selectHomes(homes, query);
    const all = plural(homes.length, "home");
    fill(count, hasFilters(query) ? `${selected.length} of ${all}` : all);
    fill(empty, !selected.length && noHomes());
    download.disabled = !selected.length;
    table.show(selected, query.sort, shown);
  }

  function noHomes() {
    const onClick = () => {
      clearFilters({});
      count.scrollIntoView({ block: "nearest" });
      focusOn(count);
    };
    return [
      h("p", null, "No homes match your filters."),
      button("Clear filters", { kind: "secondary", onClick }),
    ];
  }

  /** @param {Partial<HomesQuery>} filters those to set instead */
  function clearFilters(filters) {
    query = { ...withoutFilters(query), ...filters };
    filter.show(query);
    show();
  }

  /** @param {Partial<HomesQuery>} filters */
  function showOnly(filters) {
    clearFilters(filters);
    heading.scrollIntoView();
    focusOn(heading);
  }

  return { element, showOnly, showAll: table.showAll };
}

/**
 * Make the form above the list. It acts as soon as something is typed or chosen.
 * @param {string[]} authorities
 * @param {boolean} showPlacing whether some home has a mark, "not placing here"
 * @param {(change: Partial<HomesQuery>) => void} onChange
 */
function filterForm(authorities, showPlacing, onChange) {
  const authorityOptions = authorities.map((each) => /** @type {Option} */ ([each, each]));
  const sort = selectField({ id: "sort", label: "Sort by", options: SORTS });
  sort.classList.add("filter__sort");
  /** @type {Partial<Record<keyof HomesQuery, HTMLElement>>} */
  const fields = {
    q: textField({ id: "q", label: "Name or postcode" }),
    freshness: selectField({ id: "freshness", label: "Freshness", options: FRESHNESS }),
    status: selectField({ id: "status", label: "Admissions", options: STATUSES }),
    ...(authorities.length > 1 && {
      authority: selectField({
        id: "authority",
        label: "Local authority",
        options: [["", "Any"], ...authorityOptions],
      }),
    }),
    ...(showPlacing && {
      placing: selectField({ id: "placing", label: "Placing", options: PLACING }),
    }),
    sort,
  };
  const named = /** @type {[keyof HomesQuery, HTMLElement][]} */ (Object.entries(fields));
  for (const [name, field] of named) {
    const input = inputOf(field);
    input.addEventListener("input", () => onChange({ [name]: input.value.trim() }));
  }
  const element = h(
    "form",
    {
      class: "filter",
      "aria-label": "Filter the homes",
      submit: (/** @type {Event} */ event) => event.preventDefault(),
    },
    Object.values(fields),
  );
  /** @param {HomesQuery} query */
  const show = (query) => {
    for (const [name, field] of named) inputOf(field).value = query[name];
  };
  return { element, show };
}
