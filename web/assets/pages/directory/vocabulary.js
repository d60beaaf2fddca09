// What an import does and what became of a row, in words.

import { h } from "../../core/dom.js";
import { plural } from "../../text/format.js";

// What the report counts, in the order in which it is shown.
export const RESULTS = {
  new: { one: "New home", many: "New homes" },
  changed: { one: "Home brought up to date", many: "Homes brought up to date" },
  unchanged: { one: "Home unchanged", many: "Homes unchanged" },
  closed: { one: "Home no longer registered", many: "Homes no longer registered" },
  dormant: { one: "Home dormant at CQC", many: "Homes dormant at CQC" },
  unreadable: { one: "Row refused", many: "Rows refused" },
  "outside the council's authorities": {
    one: "Home of another area, passed over",
    many: "Homes of other areas, passed over",
  },
  "not a care home": { one: "No care home, passed over", many: "No care homes, passed over" },
};

const OF_ROW = {
  new: "New",
  changed: "Brought up to date",
  unchanged: "Unchanged",
  dormant: "Dormant",
  unreadable: "Refused",
  "outside the council's authorities": "Another area",
  "not a care home": "No care home",
};

export function resultInWords(result) {
  return OF_ROW[result] || result;
}

// What is wrong with a row, in lines.
export function wrongWith({ result, why }) {
  if (result !== "unreadable" || !why) return [];
  return why.split("; ");
}

export function whatToDo({ row, result }) {
  if (result === "unreadable") {
    return (
      `Put row ${row} right in the file and import it again. Until then a home that is here ` +
      "already stays as it was."
    );
  }
  if (result === "dormant") return "Not shown in searches while CQC has it as dormant.";
  return "";
}

// Of a file that was refused because so many homes would go.
export function goingInWords({ would_close, would_be_dormant }) {
  const parts = [];
  if (would_close.length) parts.push(`${plural(would_close.length, "home")} not in this file`);
  if (would_be_dormant.length) {
    parts.push(`${plural(would_be_dormant.length, "home")} dormant in it`);
  }
  return (
    `${parts.join(" and ")} would leave the search. That is more than usual between two months, ` +
    "so nothing was changed."
  );
}

export function whatWillHappen() {
  const line = (...text) => h("li", null, text);
  return h(
    "div",
    null,
    h(
      "p",
      null,
      "CQC publishes its “care directory with filters” every month on its website, under “Using ",
      "CQC data”. Send the file as it is, or your area's part of it with all columns.",
    ),
    h(
      "ul",
      { class: "nhsuk-list nhsuk-list--bullet" },
      line(
        "New homes come in. Names, addresses, telephone numbers, ratings and registered beds of ",
        "the others are brought up to date.",
      ),
      line(
        "What homes posted themselves is never touched: bed counts, fees, features and contact.",
      ),
      line(
        "Homes that are not in the file any more leave the search. Where that would be many, ",
        "nothing is changed and you are asked first.",
      ),
    ),
  );
}
