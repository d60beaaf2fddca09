// Which people to list: all, those who wait, those with a role, or those with an email address.

import { button } from "../../components/button.js";
import { selectField, textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { fill, h } from "../../core/dom.js";
import { roleField } from "./role-field.js";

/** @type {readonly import("../../components/field.js").Option[]} */
const CHOICES = [
  ["all", "Everyone"],
  ["waiting", "People who have not signed in yet"],
  ["email", "People by email address"],
  ["home", "Staff of a care home"],
  ["team", "Members of a discharge team"],
  ["council", "Council officers"],
];

/**
 * The body of a search.
 * @typedef {{ waiting?: true, role?: string, email_begins?: string }} PeopleQuery
 *
 * @typedef {object} PeopleFilterOptions
 * @property {(query: PeopleQuery) => unknown} onSubmit
 * @property {(error: unknown) => unknown} onFailure called where no field is to blame
 */

/**
 * Make the form.
 * @param {PeopleFilterOptions} options
 */
export function peopleFilter({ onSubmit, onFailure }) {
  const place = h("div", null);
  /** @type {ReturnType<typeof roleField> | null} */
  let role = null;
  const choice = selectField({
    ...{ id: "find-choice", label: "Show", value: "all", options: CHOICES },
    change: () => showFields(),
  });
  const showFields = () => {
    const chosen = valueOf(choice);
    role = chosen === "home" || chosen === "team" ? roleField(chosen, "find") : null;
    fill(place, role && role.element, chosen === "email" && emailField());
  };
  /** @returns {{ value: PeopleQuery, errors: FieldError[] }} */
  const read = () => {
    const chosen = valueOf(choice);
    if (role) {
      const { role: name, errors } = role.read();
      return { value: { role: name }, errors };
    }
    if (chosen === "email") {
      const beginning = valueOf(place);
      const error = { href: "#find-email", text: "Enter the beginning of the email address" };
      return { value: { email_begins: beginning }, errors: beginning ? [] : [error] };
    }
    if (chosen === "waiting") return { value: { waiting: true }, errors: [] };
    return { value: chosen === "council" ? { role: "council" } : {}, errors: [] };
  };
  return form({
    name: { "aria-label": "Find people" },
    content: [choice, place],
    submit: button("Show people", { kind: "secondary", type: "submit" }),
    read,
    onSubmit,
    onFailure,
    fields: () => ({
      email_begins: { id: "find-email", name: "Email address" },
      role: { id: role && role.id, name: "Role" },
    }),
  });
}

function emailField() {
  return textField({
    ...{ id: "find-email", label: "Email address begins with", maxlength: 400 },
    ...{ inputmode: "email", autocapitalize: "none", spellcheck: "false" },
  });
}
