// The table of homes, some at a time; on a narrow screen each home is a card.

import { button } from "../../components/button.js";
import { freshnessTag } from "../../components/freshness-tag.js";
import { fill, h } from "../../core/dom.js";
import { admissionInWords, CATEGORIES } from "../../text/vocabulary.js";
import { when } from "../../text/dates.js";
import { spacedPhone } from "../../text/format.js";
import { ageInWords } from "../../text/freshness.js";
import { beds, freeBeds } from "./home-filter.js";

const AT_ONCE = 25;

// `onSort("name" or "-name")`: the person chose another order.
export function homesTable({ asOf, manyAuthorities, onSort }) {
  const now = new Date(asOf);
  let homes = [];
  let limit = AT_ONCE;
  const columns = [
    ["name", "Home", nameCell, "name"],
    ["authority", "Local authority", (home) => home.local_authority, "authority"],
    ["confirmed", "Last confirmed", (home) => confirmedCell(home, now), "confirmed"],
    ["status", "Admissions", admissionCell, "status"],
    ["free", "Free beds", freeCell, "-free"],
    [null, "Phone", phoneCell],
  ].filter(([name]) => manyAuthorities || name !== "authority");
  const heads = columns.map(([name, text, , first]) => head(name, text, first, onSort));
  const body = h("tbody", { class: "nhsuk-table__body", role: "rowgroup" });
  const more = h("div", { class: "acts more" });
  const table = h(
    "table",
    { class: "nhsuk-table overview-table", role: "table" },
    h("caption", { class: "nhsuk-u-visually-hidden" }, "Homes; the column heads set the order"),
    h(
      "thead",
      { class: "nhsuk-table__head", role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        heads.map((each) => each.element),
      ),
    ),
    body,
  );
  return { element: h("div", null, table, more), show, showAll };

  function show(wanted, sort) {
    homes = wanted;
    limit = AT_ONCE;
    table.hidden = !homes.length;
    for (const each of heads) each.set(sort);
    fill(body);
    grow();
  }

  // Returns what undoes it.
  function showAll() {
    const before = limit;
    limit = homes.length;
    grow();
    return () => {
      limit = before;
      while (body.children.length > limit) body.lastChild.remove();
      grow();
    };
  }

  function grow() {
    body.append(...homes.slice(body.children.length, limit).map((home) => row(home, columns)));
    const left = homes.length - body.children.length;
    fill(more, left > 0 && moreButton(left));
  }

  function moreButton(left) {
    const text = left > AT_ONCE ? `Show ${AT_ONCE} more of ${left}` : `Show the last ${left}`;
    const click = () => {
      const first = body.children.length;
      limit += AT_ONCE;
      grow();
      body.children[first].querySelector("a").focus();
    };
    return button(text, { kind: "secondary", onClick: click });
  }
}

// A column's head; with a name, a button that sorts by it, and turns the order round.
function head(name, text, first, onSort) {
  const element = h("th", { scope: "col", role: "columnheader", class: "nhsuk-table__header" });
  if (!name) {
    fill(element, text);
    return { element, set() {} };
  }
  const sign = h("span", { class: "sort__sign", "aria-hidden": "true" });
  let next = first;
  const sort = { type: "button", class: "sort", click: () => onSort(next) };
  fill(element, h("button", sort, text, sign));
  return { element, set };

  function set(order) {
    const up = order === name;
    const down = order === `-${name}`;
    if (up || down) element.setAttribute("aria-sort", up ? "ascending" : "descending");
    else element.removeAttribute("aria-sort");
    fill(sign, up ? "▲" : down ? "▼" : "");
    next = up ? `-${name}` : down ? name : first;
  }
}

function row(home, columns) {
  return h(
    "tr",
    { class: "nhsuk-table__row", role: "row" },
    columns.map(([name, text, cell]) =>
      name === "name"
        ? h("th", { scope: "row", role: "rowheader", class: "nhsuk-table__header" }, cell(home))
        : h(
            "td",
            { role: "cell", class: "nhsuk-table__cell" },
            h("span", { class: "overview-table__head" }, `${text} `),
            h("div", null, cell(home)),
          ),
    ),
  );
}

function nameCell({ name, location_id: id, postcode }) {
  const href = `/home.html?id=${encodeURIComponent(id)}`;
  return [
    h("a", { class: "overview-table__link", href }, name),
    h("span", { class: "overview-table__postcode" }, postcode),
  ];
}

function confirmedCell({ freshness, confirmed_at: at }, now) {
  return [
    freshnessTag(freshness, ageInWords(at, now).replace("confirmed ", "")),
    at && freshness !== "fresh" && h("span", { class: "since" }, `since ${when(at, now)}`),
  ];
}

function admissionCell({ admission_status: status }) {
  return status.status === "open" ? "Open" : admissionInWords(status);
}

function freeCell(home) {
  const all = beds(home);
  if (!all) return "No beds posted";
  const kinds = Object.entries(home.free);
  return [
    h("strong", null, freeBeds(home)),
    ` of ${all}`,
    kinds.length > 0 &&
      h(
        "span",
        { class: "kinds" },
        kinds.map(([category, count]) => `${count} ${CATEGORIES[category] || category}`).join(", "),
      ),
  ];
}

function phoneCell({ phone, name }) {
  if (!phone) return "Not known";
  return h(
    "a",
    {
      class: "overview-table__link overview-table__phone",
      href: `tel:${phone.replace(/[^\d+]/g, "")}`,
    },
    h("span", { class: "nhsuk-u-visually-hidden" }, `Call ${name}, `),
    spacedPhone(phone),
  );
}
