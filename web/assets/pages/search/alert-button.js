// "Tell me when one opens": an alert of this search, in one step.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { request, newIdempotencyKey } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { refusalInWords, SignInNeeded } from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { alertOf, value } from "./search-query.js";

export function tellMe(asked, answer, teams) {
  const key = newIdempotencyKey(); // of this search: pressing twice writes once
  const told = h("div", { class: "tell-me__told" });
  const create = button("Tell me when one opens", { onClick: send });
  const team = teams.length > 1 && teamChoice(teams);
  return h("div", { class: "tell-me" }, team, create, told);

  async function send() {
    fill(told, h("p", { role: "status" }, "Saving…"));
    const body = { ...alertOf(asked), near: answer.near.label };
    if (team) body.team = team.querySelector("select").value;
    try {
      const headers = { "Idempotency-Key": team ? `${key}-${body.team}`.slice(0, 64) : key };
      await request("POST", "/alerts", { body, headers });
      fill(told, saved(asked));
      if (!team) create.remove();
      focusOn(told.firstChild);
    } catch (error) {
      if (error instanceof SignInNeeded) return signIn();
      const lines = error.problem
        ? refusalInWords(error)
        : ["Bedboard could not be reached. Please try once more: it is saved only once."];
      fill(
        told,
        notice(
          "error",
          "Not saved",
          lines.map((line) => h("p", null, line)),
        ),
      );
    }
    return undefined;
  }
}

function saved(asked) {
  const dropped = value(asked, "max_age_hours") || value(asked, "available_by");
  return notice(
    "success",
    "Your team will be told when one opens",
    h(
      "p",
      null,
      dropped && "Whenever it is, and however lately the home confirmed its beds. ",
      h("a", { href: "/alerts.html" }, "See your alerts and who is told"),
    ),
  );
}

function teamChoice(teams) {
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h("label", { class: "nhsuk-label", for: "team" }, "For which team?"),
    h(
      "select",
      { id: "team", class: "nhsuk-select" },
      teams.map((each) => h("option", { value: each }, each)),
    ),
  );
}
