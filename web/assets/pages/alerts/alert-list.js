// A team's alerts in words, each with buttons to pause and to delete it.

import { button } from "../../components/button.js";
import { confirmButton } from "../../components/confirm-button.js";
import { h } from "../../core/dom.js";
import { dayInWords, dayOf, when } from "../../text/dates.js";
import { either, listed, withinInWords } from "../../text/format.js";
import { FUNDING, NEEDS } from "../../text/needs.js";
import { CATEGORIES, minRatingInWords } from "../../text/vocabulary.js";

/**
 * @typedef {object} AlertActions
 * @property {(alert: Api.Alert, paused: boolean) => unknown} onPause
 * @property {(alert: Api.Alert) => unknown} onRenew
 * @property {(alert: Api.Alert) => unknown} onDelete
 */

/**
 * Make the list of alerts.
 * @param {readonly Api.Alert[]} alerts
 * @param {AlertActions} actions
 */
export function alertList(alerts, actions) {
  if (!alerts.length) return h("p", null, "No alerts yet. Create the first one below.");
  return h(
    "ul",
    { class: "things" },
    alerts.map((alert) => item(alert, actions)),
  );
}

/**
 * @param {Api.Alert} alert
 * @param {AlertActions} actions
 */
function item(alert, { onPause, onRenew, onDelete }) {
  const name = withinInWords(alert.radius_miles, alert.near);
  const paused = Boolean(alert.paused);
  return h(
    "li",
    { class: "card" },
    h("h3", { class: "nhsuk-heading-s" }, name),
    paused && h("p", null, h("strong", { class: "nhsuk-tag nhsuk-tag--grey" }, "Paused")),
    endInWords(alert),
    filtersInWords(alert).map((line) => h("p", null, line)),
    h("p", { class: "nhsuk-body-s nhsuk-hint" }, `Created at ${when(alert.created_at)}`),
    h(
      "div",
      { class: "actions" },
      button(paused ? "Start again" : "Pause", {
        ...{ kind: "secondary", small: true, of: name },
        onClick: () => onPause(alert, !paused),
      }),
      alert.ends_at &&
        button("Renew", {
          ...{ kind: "secondary", small: true, of: name },
          onClick: () => onRenew(alert),
        }),
      confirmButton("Delete", {
        ...{ of: name, yes: "Yes, delete it", no: "Keep it" },
        onConfirm: () => onDelete(alert),
      }),
    ),
  );
}

/** @param {Api.Alert} alert */
function endInWords({ ends_at, renewable_until }) {
  if (!ends_at || !renewable_until) return null;
  const days = (Date.parse(ends_at) - Date.now()) / 86400000;
  if (days <= 0)
    return h(
      "p",
      null,
      h("strong", { class: "nhsuk-tag nhsuk-tag--grey" }, "Ended"),
      " It sends no messages until you renew it.",
      ` On ${dayInWords(dayOf(renewable_until))} we delete it.`,
    );
  const line = `Ends on ${dayInWords(dayOf(ends_at))} unless you renew it`;
  return h("p", null, days <= 7 ? h("strong", null, line) : line);
}

/**
 * Write what an alert is about, a line for each filter.
 * @param {Api.Alert} alert
 */
export function filtersInWords(alert) {
  const { beds, categories, service_user_bands, needs, funding, min_rating } = alert;
  const kinds = categories.map((each) => CATEGORIES[each].toLowerCase());
  const count = beds > 1 ? `At least ${beds} beds of one kind` : "1 bed";
  const lines = [`${count}: ${either(kinds) || "any kind"}`];
  if (service_user_bands.length) lines.push(`Cares for: ${listed(service_user_bands)}`);
  if (needs.length) lines.push(`Needs: ${listed(needs.map((each) => NEEDS[each].label))}`);
  if (funding) lines.push(`Funding: ${FUNDING[funding]}`);
  if (min_rating) lines.push(`CQC rating: ${minRatingInWords(min_rating)}`);
  return lines;
}
