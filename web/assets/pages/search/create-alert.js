// Creates an alert for the search on the page, for one of the person's teams.

import { button } from "../../components/button.js";
import { selectField, inputOf, valueOf } from "../../components/field.js";
import { statusMessage } from "../../components/status-message.js";
import { keyedSender } from "../../core/api.js";
import { h } from "../../core/dom.js";
import { teamName } from "../../text/format.js";
import { alertOf } from "./search-query.js";

/** What a search may ask that an alert does not. */
const LEFT_OUT = ["would_like", "admit_by", "max_age_hours", "available_by", "suits"];

/**
 * Make the button, and a list to choose from where there are several teams.
 * @param {URLSearchParams} query
 * @param {Api.Place} near the place as the API understood it
 * @param {readonly string[]} teams
 */
export function createAlert(query, near, teams) {
  const send = keyedSender();
  const status = statusMessage();
  const teamField =
    teams.length > 1 &&
    selectField({
      id: "team",
      label: "Team",
      options: teams.map((each) => [each, teamName(each)]),
    });
  const create = button("Create an alert for this search", { onClick: save });
  const controls = h("div", null, teamField, create);

  async function save() {
    const alert = { ...alertOf(query), near: near.label };
    try {
      const team = teamField ? valueOf(teamField) : undefined;
      await send("POST", "/alerts", { body: { ...alert, team } });
    } catch (error) {
      return status.showFailure(error);
    }
    removeChoice();
    const hasLimits = LEFT_OUT.some((each) => query.has(each));
    return status.show(
      "success",
      "Alert created",
      "Your team gets a message when a bed that fits becomes free.",
      hasLimits &&
        "Alerts leave out what you would like, when to admit, when counts were confirmed, “Free by” and who the bed is for.",
      h("p", null, h("a", { href: "/alerts.html" }, "See your team's alerts and members")),
    );
  }

  /** Take away the team that has the alert, and the button with the last of them. */
  function removeChoice() {
    const list = teamField && inputOf(teamField);
    const option = list && list.querySelector("option:checked");
    if (option) option.remove();
    if (!list || !list.querySelector("option")) controls.remove();
  }

  return h("div", { class: "create-alert" }, controls, status.element);
}
