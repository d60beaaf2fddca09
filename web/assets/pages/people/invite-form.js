// The form in which someone is invited, or given another role.

import { textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { fill, h } from "../../core/dom.js";
import { roleFields } from "./role-field.js";
import { emailProblem } from "./roles.js";

/**
 * @typedef {object} InviteFormOptions
 * @property {(body: { email: string, role: string | undefined }) => unknown} onSubmit
 * @property {(error: unknown) => unknown} onFailure called where no field is to blame
 */

/**
 * Make the form. It is empty again after each invitation.
 * @param {InviteFormOptions} options
 */
export function inviteForm({ onSubmit, onFailure }) {
  const place = h("div", null);
  const reset = () => {
    const emailField = textField({
      ...{ id: "invite-email", label: "Email address", inputmode: "email" },
      ...{ hint: "They sign in with it. Only the sign-in service stores it.", maxlength: 400 },
      ...{ autocapitalize: "none", spellcheck: "false" },
    });
    const role = roleFields("invite");
    fill(
      place,
      form({
        name: { "aria-labelledby": "invite" },
        content: [
          h("h2", { class: "nhsuk-heading-m", id: "invite" }, "Invite someone"),
          emailField,
          role.element,
        ],
        submit: "Invite",
        read: () => {
          const email = valueOf(emailField);
          const problem = emailProblem(email);
          const emailErrors = problem ? [{ href: "#invite-email", text: problem }] : [];
          const chosen = role.read();
          return {
            value: { email, role: chosen.role },
            errors: [...emailErrors, ...chosen.errors],
          };
        },
        onSubmit: async (body) => {
          await onSubmit(body);
          reset();
        },
        onFailure,
        fields: () => ({
          email: { id: "invite-email", name: "Email address" },
          role: { id: role.id(), name: "Role" },
        }),
      }),
    );
  };
  reset();
  return place;
}
