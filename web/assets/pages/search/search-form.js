// The question: a place, how far, what is needed; everything else folded away.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { h } from "../../core/dom.js";
import { dayOf, daysLater } from "../../text/dates.js";
import { FEATURES, RATINGS } from "../../text/vocabulary.js";
import { choice, fieldset, option } from "./fields.js";
import { nearMe } from "./near-me.js";
import { CARE, NEEDS } from "./needs.js";
import { AGES, normalised, RADII, value } from "./search-query.js";

// `folded`: the answer is on the page already, so the question steps back.
export function searchForm(asked, { folded, onSearch }) {
  const ask = () => onSearch(normalised(new URLSearchParams(new FormData(form))));
  const form = h(
    "form",
    {
      role: "search",
      "aria-label": "Find a bed",
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        ask();
      },
    },
    h("div", { class: "search__where" }, place(asked, ask), radius(asked)),
    h("div", { class: "search__what" }, needs(asked), care(asked)),
    more(asked),
    button("Search", { className: "search__button", type: "submit" }),
  );
  if (!folded) return form;
  return foldedAway(form);
}

function foldedAway(form) {
  const panel = h("div", { id: "question", class: "card", hidden: true }, form);
  const toggle = button("Change this search", {
    kind: "link",
    className: "search__fold",
    "aria-expanded": "false",
    "aria-controls": "question",
    onClick: () => {
      panel.hidden = !panel.hidden;
      toggle.setAttribute("aria-expanded", String(!panel.hidden));
    },
  });
  return [toggle, panel];
}

function place(asked, ask) {
  const input = h("input", {
    id: "near",
    name: "near",
    class: "nhsuk-input",
    type: "text",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    "aria-describedby": "near-hint",
    value: value(asked, "near"),
  });
  const told = h("p", { class: "search__told", role: "status" });
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h("label", { class: "nhsuk-label nhsuk-u-font-weight-bold", for: "near" }, "Postcode"),
    h("div", { class: "nhsuk-hint", id: "near-hint" }, "Where it should be near, such as EX2 5DW"),
    h(
      "div",
      { class: "search__place" },
      input,
      button("Near me", { kind: "secondary", onClick: () => nearMe(input, told, ask) }),
    ),
    told,
  );
}

function radius(asked) {
  const miles = (each) => [each, each === "1" ? "1 mile" : `${each} miles`];
  return choice(asked, "radius_miles", "How far", RADII.map(String).map(miles));
}

function needs(asked) {
  const chosen = asked.getAll("need");
  return fieldset(
    "Who is the bed for?",
    "Choose all that would do; none means any.",
    "checkboxes",
    Object.entries(NEEDS).map(([need, text]) =>
      option("checkbox", "need", need, text, chosen.includes(need)),
    ),
  );
}

function care(asked) {
  const chosen = value(asked, "care");
  return fieldset(
    "What care?",
    null,
    "radios",
    Object.entries(CARE).map(([each, text]) =>
      option("radio", "care", each, text, each === chosen),
    ),
  );
}

function more(asked) {
  const features = asked.getAll("feature");
  const names = ["feature", "beds", "min_rating", "max_age_hours", "available_by", "include_full"];
  const today = dayOf(new Date());
  return details(
    "More choices",
    [
      h(
        "div",
        { class: "search__wishes" },
        choice(asked, "min_rating", "CQC rating", [
          ["", "Any"],
          ...RATINGS.slice(1)
            .reverse()
            .map((each) => [each, each === "Outstanding" ? each : `${each} or better`]),
        ]),
        choice(asked, "max_age_hours", "Confirmed in", [
          ["", "Whenever"],
          ...Object.entries(AGES).map(([hours, text]) => [hours, text.replace(/^t/, "T")]),
        ]),
        dated(asked, today),
        choice(
          asked,
          "beds",
          "Beds of one kind",
          ["1", "2", "3", "4", "5"].map((each) => [each, each === "1" ? "1" : `${each} or more`]),
        ),
        choice(asked, "sort", "Show first", [
          ["distance", "The nearest"],
          ["freshness", "The latest confirmed"],
        ]),
      ),
      fieldset(
        "The home must have",
        null,
        "checkboxes",
        Object.entries(FEATURES).map(([each, text]) =>
          option("checkbox", "feature", each, text, features.includes(each)),
        ),
        "search__features",
      ),
      fieldset("Full homes", null, "checkboxes", [
        option(
          "checkbox",
          "include_full",
          "true",
          "Show full and closed homes too",
          value(asked, "include_full") === "true",
        ),
      ]),
    ],
    { open: names.concat("sort").some((name) => asked.has(name)) },
  );
}

function dated(asked, today) {
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h("label", { class: "nhsuk-label", for: "available_by" }, "Free by (now, if empty)"),
    h("input", {
      id: "available_by",
      name: "available_by",
      class: "nhsuk-input",
      type: "date",
      min: today,
      max: daysLater(today, 366),
      value: value(asked, "available_by"),
    }),
  );
}
