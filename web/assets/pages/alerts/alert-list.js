// A team's alerts in words, each to be paused or deleted.

import { button } from "../../components/button.js";
import { confirmButton } from "../../components/confirm-button.js";
import { h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { either, listed, plural } from "../../text/format.js";
import { CATEGORIES, FEATURES } from "../../text/vocabulary.js";

export function alertList(alerts, { pause, deleteAlert }) {
  if (!alerts.length) return h("p", null, "Nothing yet. Create the first alert below.");
  return h(
    "ul",
    { class: "things" },
    alerts.map((alert) => item(alert, pause, deleteAlert)),
  );
}

function item(alert, pause, deleteAlert) {
  const name = placeInWords(alert);
  const paused = Boolean(alert.paused);
  return h(
    "li",
    { class: "card" },
    h("h3", { class: "nhsuk-heading-s" }, name),
    paused && h("p", null, h("strong", { class: "nhsuk-tag nhsuk-tag--grey" }, "Paused")),
    wantedInWords(alert).map((line) => h("p", null, line)),
    h("p", { class: "nhsuk-body-s nhsuk-hint" }, `Created at ${when(alert.created_at)}`),
    h(
      "div",
      { class: "actions" },
      button(paused ? "Start again" : "Pause", {
        ...{ kind: "secondary", small: true, of: name },
        onClick: () => pause(alert, !paused),
      }),
      confirmButton("Delete", {
        ...{ of: name, yes: "Yes, delete it", no: "Keep it" },
        onConfirm: () => deleteAlert(alert),
      }),
    ),
  );
}

// "Within 10 miles of EX2 5DW"
function placeInWords({ near, radius_miles }) {
  return `Within ${plural(radius_miles, "mile")} of ${near}`;
}

// What it waits for, a line for each wish.
export function wantedInWords(alert) {
  const { beds, categories, service_user_bands, features, min_rating } = alert;
  const kinds = categories.map((each) => CATEGORIES[each].toLowerCase());
  const many = beds > 1 ? `At least ${beds} beds of one kind` : "A bed";
  const lines = [`${many}: ${kinds.length ? either(kinds) : "any kind"}`];
  if (service_user_bands.length) lines.push(`Cares for: ${listed(service_user_bands)}`);
  if (features.length) lines.push(`Offers: ${listed(features.map((each) => FEATURES[each]))}`);
  if (min_rating) {
    lines.push(`CQC rating: ${min_rating}${min_rating === "Outstanding" ? "" : " or better"}`);
  }
  return lines;
}
