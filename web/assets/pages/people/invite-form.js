// The form in which somebody is invited, or given another role.

import { textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { fill, h } from "../../core/dom.js";
import { roleFields } from "./role-field.js";

// `onSubmit(body)` invites; `onFailure(error)` is for what is no field's fault.
export function inviteForm({ homes, onSubmit, onFailure }) {
  const place = h("div", null);
  const start = () => {
    const emailField = textField({
      ...{ id: "invite-email", label: "E-mail address", type: "email", inputmode: "email" },
      ...{ hint: "They sign in with it. Only the sign-in service keeps it.", maxlength: 254 },
      ...{ autocapitalize: "none", spellcheck: "false" },
    });
    const role = roleFields({ prefix: "invite", homes, label: "What they are here" });
    const invite = async (body) => {
      await onSubmit(body);
      start();
    };
    fill(
      place,
      form({
        name: { "aria-labelledby": "invite" },
        content: [
          h("h2", { class: "nhsuk-heading-m", id: "invite" }, "Invite somebody"),
          emailField,
          role.element,
        ],
        submit: "Invite",
        read: () => read(valueOf(emailField), role.read()),
        onSubmit: invite,
        onFailure,
        fields: () => ({
          email: { id: "invite-email", name: "E-mail address" },
          role: { id: role.id(), name: "What they are here" },
        }),
      }),
    );
  };
  start();
  return place;
}

function read(email, { role, problem }) {
  const errors = [];
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    const text = "Enter an e-mail address, such as a.carer@example.org";
    errors.push({ href: "#invite-email", text });
  }
  if (problem) errors.push(problem);
  return { value: { email, role }, errors };
}
