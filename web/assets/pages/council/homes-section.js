// The list of homes: a filter above it, sorted by its column headings, and a file of it.

import { button } from "../../components/button.js";
import { saveCsv } from "../../components/csv.js";
import { inputOf, selectField, textField } from "../../components/field.js";
import { position } from "../../components/page-position.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { dayOf } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { HOME_LIKELIHOODS } from "../../text/vocabulary.js";
import {
  addressOf,
  csvRows,
  hasFilters,
  parseQuery,
  selectHomes,
  withoutFilters,
} from "./homes.js";
import { homesTable } from "./homes-table.js";
import { batches, outcomesInWords } from "./reminders.js";

/** @typedef {import("./homes.js").HomesQuery} HomesQuery */
/** @typedef {import("../../components/field.js").Option} Option */

/** @type {readonly Option[]} */
const CHANCES = [
  ["", "Any"],
  ["unsure", "Uncertain, or phone first"],
  ...Object.entries(HOME_LIKELIHOODS),
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
  ["-worth", "Most worth asking first"],
  ["worth", "Least worth asking first"],
  ["said", "Last said, oldest first"],
  ["-said", "Last said, newest first"],
  ["-chance", "Most likely free first"],
  ["chance", "Least likely free first"],
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
  const byId = new Map(homes.map((home) => [home.location_id, home]));
  const heading = h("h2", { class: "nhsuk-heading-m", id: "homes" }, "Homes");
  const count = h("p", { class: "count", role: "status" });
  const empty = h("div", null);
  const showPlacing = homes.some((each) => each.placing_stop);
  /** @type {Set<string>} */
  const ticked = new Set();
  const message = statusMessage();
  const table = homesTable({
    ...{ asOf, showAuthority: authorities.length > 1, showPlacing, onSort },
    ...{ ticked, onTick, onRemind: (home) => remind([home.location_id]) },
  });
  const filter = filterForm(
    authorities.map((each) => each.local_authority),
    showPlacing || Boolean(query.placing),
    changeQuery,
  );
  const download = button("Download list (CSV)", {
    kind: "secondary",
    onClick: () => saveCsv(csvRows(selected), `bedboard-homes-${dayOf(asOf)}.csv`),
  });
  const remindTicked = button("", { onClick: () => remind([...ticked]) });
  const element = h(
    "section",
    { "aria-labelledby": "homes" },
    heading,
    filter.element,
    message.element,
    h("div", { class: "toolbar" }, count, remindTicked, download),
    empty,
    table.element,
  );
  filter.show(query);
  onTick();
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

  function onTick() {
    fill(remindTicked, `Remind ${plural(ticked.size, "ticked home")}`);
    remindTicked.hidden = !ticked.size;
  }

  /** @param {readonly string[]} ids */
  async function remind(ids) {
    /** @type {Api.ReminderOutcome[]} */
    const outcomes = [];
    try {
      for (const some of batches(ids)) {
        const answer = await request("POST", "/reminders", { body: { location_ids: some } });
        outcomes.push(...answer.homes);
      }
    } catch (error) {
      showOutcomes(outcomes);
      message.showFailure(error);
      return;
    }
    showOutcomes(outcomes);
    const nameOf = (/** @type {string} */ id) => byId.get(id)?.name || id;
    const told = outcomesInWords(outcomes, nameOf);
    message.show(told.kind, told.heading, told.lines);
  }

  /** @param {readonly Api.ReminderOutcome[]} outcomes */
  function showOutcomes(outcomes) {
    for (const { location_id: id, reminded_at: at } of outcomes) {
      const home = byId.get(id);
      if (home && at) home.reminded_at = at;
      ticked.delete(id);
    }
    onTick();
    table.refresh();
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
    chance: selectField({ id: "chance", label: "Chance of a free bed", options: CHANCES }),
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
