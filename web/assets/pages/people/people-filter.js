// Whom to show: everybody, who waits, who has a role, or whose address begins so.

import { fill, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { errorsAtFields, selectField, textField, valueOf } from "../../components/field.js";
import { errorSummary, markFields, showSummary } from "../../components/notice.js";
import { roleField } from "./role-field.js";

const WAYS = [
  ["everybody", "Everybody"],
  ["waiting", "Who has not signed in yet"],
  ["email", "Whose e-mail address begins with"],
  ["home", "Staff of a care home"],
  ["team", "Members of a discharge team"],
  ["council", "The council"],
];

// `onFind(wanted)` shows them; `onFail(error)` is for what is no field's fault.
export function finder({ homes, onFind, onFail }) {
  const place = h("div", null);
  const which = h("div", null);
  let role = null;
  const way = selectField({
    ...{ id: "find-way", label: "Show", value: "everybody", options: WAYS },
    change: () => ask(),
  });
  const ask = () => {
    const chosen = valueOf(way);
    role = null;
    fill(which);
    if (chosen === "email") fill(which, emailField());
    if (chosen === "home" || chosen === "team") {
      role = roleField(chosen, { prefix: "find", homes });
      fill(which, role.element);
    }
  };
  const button = h(
    "button",
    { type: "submit", class: "nhsuk-button nhsuk-button--secondary" },
    "Show",
  );

  async function submit(event) {
    event.preventDefault();
    const { wanted, problem } = read(valueOf(way), role, which);
    show(problem ? [problem] : []);
    if (problem) return;
    button.disabled = true;
    try {
      await onFind(wanted);
    } catch (error) {
      const ids = { email_begins: "find-email", role: role && role.id };
      const names = { email_begins: "E-mail address", role: "Role" };
      const found = error instanceof Refusal && errorsAtFields(error, ids, names);
      if (found) show(found);
      else onFail(error);
    } finally {
      button.disabled = false;
    }
  }

  const show = (problems) => {
    markFields(place, problems);
    showSummary(place, problems.length ? errorSummary(problems) : null);
  };
  return fill(
    place,
    h("form", { novalidate: true, submit, "aria-label": "Find people" }, way, which, button),
  );
}

function emailField() {
  return textField({
    ...{ id: "find-email", label: "E-mail address begins with", maxlength: 254 },
    ...{ inputmode: "email", autocapitalize: "none", spellcheck: "false" },
  });
}

function read(way, role, which) {
  if (way === "everybody") return { wanted: {} };
  if (way === "waiting") return { wanted: { waiting: true } };
  if (way === "council") return { wanted: { role: "council" } };
  if (way === "email") {
    const begins = valueOf(which);
    const text = "Enter how the e-mail address begins";
    return begins
      ? { wanted: { email_begins: begins } }
      : { problem: { href: "#find-email", text } };
  }
  const { role: named, problem } = role.read();
  return problem ? { problem } : { wanted: { role: named } };
}
