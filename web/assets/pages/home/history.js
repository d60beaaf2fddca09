// What was done to a home, in words, newest first, a page at a time.

import { button } from "../../components/button.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { SignInNeeded } from "../../core/failures.js";
import { admissionInWords, CATEGORIES, FEATURES } from "../../text/vocabulary.js";
import { when } from "../../text/dates.js";
import { listed, pounds } from "../../text/format.js";

const PAGE = 10;

// Fills itself; what goes wrong here leaves the rest of the page as it is.
export function history(locationId) {
  const list = h("ol", { class: "history" });
  const foot = h("div", { "aria-live": "polite" }, h("p", null, "Opening…"));
  const more = async (cursor) => {
    const query = new URLSearchParams({ limit: PAGE, ...(cursor && { cursor }) });
    const path = `/homes/${encodeURIComponent(locationId)}/changes?${query}`;
    try {
      const { changes, next_cursor } = await request("GET", path, { anonymous: true });
      const items = changes.map(item);
      list.append(...items);
      fill(
        foot,
        next_cursor &&
          button("Show older changes", { kind: "secondary", onClick: () => more(next_cursor) }),
      );
      if (cursor && items.length) focusOn(items[0]);
      if (!list.children.length) fill(foot, h("p", null, "None yet."));
    } catch (error) {
      const why =
        error instanceof SignInNeeded
          ? "Sign in to see the changes."
          : "The changes could not be had just now.";
      fill(
        foot,
        h("p", null, why),
        button("Try again", { kind: "secondary", onClick: () => more(cursor) }),
      );
    }
  };
  more();
  return [list, foot];
}

function item(change) {
  const [heading, lines] = changeInWords(change);
  const said = when(change.changed_at);
  return h(
    "li",
    null,
    h("strong", null, heading),
    ` at ${said}`,
    lines.length > 0 &&
      h(
        "ul",
        { class: "nhsuk-list nhsuk-list--bullet" },
        lines.map((line) => h("li", null, line)),
      ),
  );
}

// A heading, and a line for each thing that is other than it was.
export function changeInWords({ action, was, is }) {
  if (!was) return ["Came in from CQC's register", []];
  const lines = Object.keys(is).flatMap((name) => linesOf(name, was[name], is[name]));
  return [HEADINGS[action] || "Changed", lines];
}

const HEADINGS = {
  updated: "Vacancies updated",
  confirmed: "Confirmed: nothing had changed",
  edited: "Page edited",
  imported: "Updated from CQC's register",
};

function linesOf(name, was, is) {
  if (name === "beds") return bedLines(was || {}, is || {});
  if (name === "admission_status") return [admissionInWords(is)];
  if (name === "features") return featureLines(was || [], is || []);
  if (SAID[name]) return [SAID[name](is)];
  return NOT_TOLD.includes(name) ? [] : [`${spaced(name)} changed`];
}

// The register's own words for where it is would say nothing to anybody.
const NOT_TOLD = ["version", "confirmed_at", "latitude", "longitude", "provider_id"];

const withdrawn = (name, shown) => (value) =>
  value == null ? `${name}: taken away` : `${name}: ${shown ? shown(value) : value}`;

const SAID = {
  rating: withdrawn("CQC rating"),
  name: withdrawn("Name"),
  registered_beds: withdrawn("Registered beds"),
  registration: withdrawn("Registration"),
  vacancies_phone: withdrawn("Telephone for vacancies"),
  phone: withdrawn("Telephone"),
  website: withdrawn("Website"),
  weekly_fee_from: withdrawn("Fees from", (value) => `${pounds(value)} a week`),
  weekly_fee_to: withdrawn("Fees up to", (value) => `${pounds(value)} a week`),
  description: (value) => (value == null ? "Description taken away" : "Description changed"),
};

function bedLines(was, is) {
  return Object.keys(CATEGORIES).flatMap((category) => {
    const [before, now] = [was[category], is[category]];
    if (!before && !now) return [];
    const name = CATEGORIES[category];
    if (!now) return [`${name}: no longer offered`];
    if (!before) return [`${name}: ${now.accepting} free of ${now.maximum_capacity}`];
    if (before.accepting !== now.accepting)
      return [`${name}: ${now.accepting} free (was ${before.accepting})`];
    return JSON.stringify(before) === JSON.stringify(now) ? [] : [`${name}: counts changed`];
  });
}

function featureLines(was, is) {
  const words = (names) => listed(names.map((each) => FEATURES[each] || each));
  const added = is.filter((each) => !was.includes(each));
  const gone = was.filter((each) => !is.includes(each));
  return [
    ...(added.length ? [`Now offers: ${words(added)}`] : []),
    ...(gone.length ? [`No longer offers: ${words(gone)}`] : []),
  ];
}

function spaced(name) {
  const words = name.replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
