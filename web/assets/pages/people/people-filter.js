// Whom to show: everybody, who waits, who has a role, or whose address begins so.

import { button } from "../../components/button.js";
import { selectField, textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { fill, h } from "../../core/dom.js";
import { roleField } from "./role-field.js";

const WAYS = [
  ["everybody", "Everybody"],
  ["waiting", "Who has not signed in yet"],
  ["email", "Whose e-mail address begins with"],
  ["home", "Staff of a care home"],
  ["team", "Members of a discharge team"],
  ["council", "The council"],
];

// `onSubmit(filter)` shows them; `onFailure(error)` is for what is no field's fault.
export function peopleFilter({ homes, onSubmit, onFailure }) {
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
  return form({
    name: { "aria-label": "Find people" },
    content: [way, which],
    submit: button("Show", { kind: "secondary", type: "submit" }),
    read: () => read(valueOf(way), role, which),
    onSubmit,
    onFailure,
    fields: () => ({
      email_begins: { id: "find-email", name: "E-mail address" },
      role: { id: role && role.id, name: "Role" },
    }),
  });
}

function emailField() {
  return textField({
    ...{ id: "find-email", label: "E-mail address begins with", maxlength: 254 },
    ...{ inputmode: "email", autocapitalize: "none", spellcheck: "false" },
  });
}

function read(way, role, which) {
  if (way === "waiting") return { value: { waiting: true }, errors: [] };
  if (way === "council") return { value: { role: "council" }, errors: [] };
  if (way === "email") {
    const begins = valueOf(which);
    const text = "Enter how the e-mail address begins";
    return {
      value: { email_begins: begins },
      errors: begins ? [] : [{ href: "#find-email", text }],
    };
  }
  if (!role) return { value: {}, errors: [] };
  const chosen = role.read();
  return { value: { role: chosen.role }, errors: chosen.problem ? [chosen.problem] : [] };
}
