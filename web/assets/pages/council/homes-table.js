// The table of homes, some at a time.

import { button } from "../../components/button.js";
import { dataTable } from "../../components/data-table.js";
import { checkbox, inputOf } from "../../components/field.js";
import { chanceTag } from "../../components/chance-tag.js";
import { placingTag } from "../../components/placing-tag.js";
import { keepPosition } from "../../components/page-position.js";
import { fill, find, h } from "../../core/dom.js";
import { agoInWords, chanceReason } from "../../text/chance.js";
import { when } from "../../text/dates.js";
import { plural, telephone } from "../../text/format.js";
import { admissionInWords, CATEGORIES } from "../../text/vocabulary.js";
import { bedsOf, leastLikely, oldestSaid, vacanciesOf } from "./homes.js";
import { notNow } from "./reminders.js";

const PAGE_SIZE = 25;

/** @typedef {Api.OverviewHome} Home */

/**
 * @typedef {object} HomesTableOptions
 * @property {string} asOf the moment that the page shows
 * @property {boolean} showAuthority whether each home has its local authority beside it
 * @property {boolean} showPlacing whether some home has a mark, "not placing here"
 * @property {(sort: string) => void} onSort
 * @property {Set<string>} ticked the ids of the homes to remind
 * @property {() => void} onTick called where a home is ticked or not any more
 * @property {(home: Home) => unknown} onRemind
 */

/**
 * Make the table; `show` replaces the homes, and `showAll` leaves none for later.
 * @param {HomesTableOptions} options
 */
export function homesTable(options) {
  const { asOf, showAuthority, showPlacing, onSort, ticked, onTick, onRemind } = options;
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
      { text: "Last said", sort: "said" },
      { text: "Chance", sort: "chance" },
      { text: "Vacancies", sort: "-vacancies" },
      { text: "Ask", sort: "-worth" },
    ],
    onSort,
  });
  const row = (/** @type {Home} */ home) => [
    nameCell(home),
    ...(showPlacing ? [placingTag(home.placing_stop) || "Yes"] : []),
    ...(showAuthority ? [home.local_authority] : []),
    saidCell(home, now),
    chanceCell(home, now),
    vacanciesCell(home),
    [phoneCell(home), remindCell(home)],
  ];
  const refresh = () => table.showRows(homes.slice(0, table.body.children.length).map(row));
  return { element: h("div", null, table.element, more), show, showAll, refresh };

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

  /** @param {Home} home */
  function remindCell(home) {
    const { location_id: id, name } = home;
    const reason = notNow(home, now);
    if (reason) return h("span", { class: "since" }, reason);
    const label = "Tick";
    const attributes = { small: true, checked: ticked.has(id), "aria-label": `${label}: ${name}` };
    const box = checkbox({ id: `tick-${id}`, label, ...attributes });
    const input = /** @type {HTMLInputElement} */ (inputOf(box));
    input.addEventListener("change", () => {
      if (input.checked) ticked.add(id);
      else ticked.delete(id);
      onTick();
    });
    const remind = { kind: /** @type {const} */ ("link"), of: name, onClick: () => onRemind(home) };
    return [button("Remind", remind), box];
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
 * Say when the home said the count that it said longest ago, and the others where they are newer.
 * @param {Home} home
 * @param {Date} now
 */
function saidCell(home, now) {
  const oldest = oldestSaid(home);
  if (!oldest) return "Never";
  const age = agoInWords(oldest, now);
  const newer = Object.entries(home.said_at || {}).filter(([, at]) => agoInWords(at, now) !== age);
  return [
    age,
    h("span", { class: "since" }, `at ${when(oldest, now)}`),
    newer.map(([category, at]) =>
      h("span", { class: "since" }, `${CATEGORIES[category] || category} ${agoInWords(at, now)}`),
    ),
  ];
}

/**
 * @param {Home} home
 * @param {Date} now
 */
function chanceCell(home, now) {
  const least = leastLikely(home);
  const searches = home.searches > 0 && `Searched for ${plural(home.searches, "time")} nearby`;
  return [
    chanceTag(home.likelihood, ""),
    least && h("span", { class: "since" }, chanceReason(least.chance_basis, now)),
    searches && h("span", { class: "since" }, searches),
  ];
}

/** @param {Home} home */
function closedLine({ admission_status: status }) {
  return status.status === "closed" && h("div", null, admissionInWords(status));
}

/** @param {Home} home */
function vacanciesCell(home) {
  const beds = bedsOf(home);
  if (!beds) return [closedLine(home), "No bed counts yet"];
  const kinds = Object.entries(home.free);
  return [
    closedLine(home),
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
  if (!number) return h("div", null, "No phone number");
  return h(
    "a",
    { class: "homes-table__link homes-table__phone", href: number.href },
    h("span", { class: "nhsuk-u-visually-hidden" }, `Call ${name}, `),
    number.text,
  );
}
