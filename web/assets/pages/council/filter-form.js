// What narrows the list of homes; it acts as soon as something is typed or chosen.

import { selectField, textField } from "../../components/field.js";
import { h } from "../../core/dom.js";

const FRESHNESS = [
  ["", "Any"],
  ["due", "Not up to date"],
  ["fresh", "Fresh"],
  ["ageing", "Ageing"],
  ["stale", "Stale"],
  ["never", "Never posted"],
];
const STATUS = [
  ["", "Any"],
  ["open", "Open to admissions"],
  ["closed", "Closed to admissions"],
];
// For screens on which the column heads have no room.
const SORTS = [
  ["confirmed", "Longest without word first"],
  ["-confirmed", "Newest word first"],
  ["name", "Name"],
  ["-name", "Name, backwards"],
  ["-free", "Most free beds first"],
  ["free", "Fewest free beds first"],
  ["status", "Closed first"],
  ["-status", "Open first"],
  ["authority", "Local authority"],
  ["-authority", "Local authority, backwards"],
];

// `onChange({name: value})`
export function filterForm({ authorities, onChange }) {
  const names = authorities.map((each) => [each, each]);
  const fields = {
    q: textField({ id: "q", label: "Name or postcode" }),
    freshness: selectField({ id: "freshness", label: "Up to date", options: FRESHNESS }),
    status: selectField({ id: "status", label: "Admissions", options: STATUS }),
    authority:
      authorities.length > 1 &&
      selectField({ id: "authority", label: "Local authority", options: [["", "Any"], ...names] }),
    sort: selectField({ id: "sort", label: "Order", options: SORTS }),
  };
  fields.sort.classList.add("filter__sort");
  for (const [name, field] of Object.entries(fields)) {
    const tell = (event) => onChange({ [name]: event.target.value.trim() });
    if (field) field.addEventListener("input", tell);
  }
  const element = h(
    "form",
    {
      class: "filter",
      "aria-label": "Filter the homes",
      submit: (event) => event.preventDefault(),
    },
    Object.values(fields),
  );
  return { element, set };

  function set(wanted) {
    for (const [name, field] of Object.entries(fields)) {
      if (field) field.querySelector("input, select").value = wanted[name];
    }
  }
}
