// The table of homes, some at a time.

import { button } from "../../components/button.js";
import { dataTable } from "../../components/data-table.js";
import { freshnessTag } from "../../components/freshness-tag.js";
import { placingTag } from "../../components/placing-tag.js";
import { keepPosition } from "../../components/page-position.js";
import { fill, find, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { telephone } from "../../text/format.js";
import { ageInWords } from "../../text/freshness.js";
import { admissionInWords, CATEGORIES } from "../../text/vocabulary.js";
import { bedsOf, vacanciesOf } from "./homes.js";

const PAGE_SIZE = 25;

/** @typedef {Api.OverviewHome} Home */

/**
 * @typedef {object} HomesTableOptions
 * @property {string} asOf the moment that the page shows
 * @property {boolean} showAuthority whether each home has its local authority beside it
 * @property {boolean} showPlacing whether some home has a mark, "not placing here"
 * @property {(sort: string) => void} onSort
 */

/**
 * Make the table; `show` replaces the homes, and `showAll` leaves none for later.
 * @param {HomesTableOptions} options
 */
export function homesTable({ asOf, showAuthority, showPlacing, onSort }) {
  const now = new Date(asOf);
  /** @type {readonly Home[]} */
  let homes = [];
  let limit = PAGE_SIZE;
  const more = h("div", { class: "toolbar" });
  const table = dataTable({
    caption: "Homes. Use the buttons in the column headings to sort.",
    hideCaption: true,
    className: "homes-table",
    cards: true,
    columns: [
      { text: "Home", sort: "name" },
      ...(showPlacing ? ["Placing"] : []),
      ...(showAuthority ? [{ text: "Local authority", sort: "authority" }] : []),
      { text: "Last confirmed", sort: "confirmed" },
      { text: "Admissions", sort: "status" },
      { text: "Vacancies", sort: "-vacancies" },
      "Phone",
    ],
    onSort,
  });
  const row = (/** @type {Home} */ home) => [
    nameCell(home),
    ...(showPlacing ? [placingTag(home.placing_stop) || "Yes"] : []),
    ...(showAuthority ? [home.local_authority] : []),
    confirmedCell(home, now),
    admissionCell(home),
    vacanciesCell(home),
    phoneCell(home),
  ];
  return { element: h("div", null, table.element, more), show, showAll };

  /**
   * @param {readonly Home[]} selected
   * @param {string} sort
   * @param {number} [shown] how many homes to show at least
   */
  function show(selected, sort, shown = 0) {
    homes = selected;
    limit = Math.max(PAGE_SIZE, shown);
    table.element.hidden = !homes.length;
    table.showSort(sort);
    table.showRows([]);
    addRows();
  }

  /** Return the function that undoes it. */
  function showAll() {
    const before = limit;
    limit = homes.length;
    addRows();
    return () => {
      limit = before;
      table.showRows(homes.slice(0, limit).map(row));
      addRows();
    };
  }

  function addRows() {
    table.addRows(homes.slice(table.body.children.length, limit).map(row));
    const left = homes.length - table.body.children.length;
    fill(more, left > 0 && moreButton(left));
  }

  /** @param {number} left */
  function moreButton(left) {
    const text = left > PAGE_SIZE ? `Show ${PAGE_SIZE} more of ${left}` : `Show the last ${left}`;
    const onClick = () => {
      const first = table.body.children.length;
      limit += PAGE_SIZE;
      addRows();
      keepPosition({ shown: limit });
      find(table.body.children[first], "a", HTMLElement).focus();
    };
    return button(text, { kind: "secondary", onClick });
  }
}

/** @param {Home} home */
function nameCell({ name, location_id: id, postcode }) {
  const href = `/home.html?id=${encodeURIComponent(id)}`;
  return [
    h("a", { class: "homes-table__link", "data-home": id, href }, name),
    h("span", { class: "homes-table__postcode" }, postcode),
  ];
}

/**
 * @param {Home} home
 * @param {Date} now
 */
function confirmedCell({ freshness, confirmed_at: at }, now) {
  return [
    freshnessTag(freshness, ageInWords(at, now).replace("confirmed ", "")),
    at && freshness !== "fresh" && h("span", { class: "since" }, `since ${when(at, now)}`),
  ];
}

/** @param {Home} home */
function admissionCell({ admission_status: status }) {
  return status.status === "open" ? "Open" : admissionInWords(status);
}

/** @param {Home} home */
function vacanciesCell(home) {
  const beds = bedsOf(home);
  if (!beds) return "No bed counts yet";
  const kinds = Object.entries(home.free);
  return [
    h("strong", null, vacanciesOf(home)),
    ` of ${beds}`,
    kinds.length > 0 &&
      h(
        "span",
        { class: "kinds" },
        kinds.map(([category, count]) => `${count} ${CATEGORIES[category] || category}`).join(", "),
      ),
  ];
}

/** @param {Home} home */
function phoneCell({ phone, name }) {
  const number = telephone(phone);
  if (!number) return "Not known";
  return h(
    "a",
    { class: "homes-table__link homes-table__phone", href: number.href },
    h("span", { class: "nhsuk-u-visually-hidden" }, `Call ${name}, `),
    number.text,
  );
}
