// The form in which somebody is invited, or given another role.

import { fill, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { errorsAtFields, textField, valueOf } from "../../components/field.js";
import { errorSummary, markFields, showSummary } from "../../components/notice.js";
import { roleFields } from "./role-field.js";

// `onSend(body)` invites; `onFail(error)` is for what is no field's fault.
export function inviteForm({ homes, onSend, onFail }) {
  const place = h("div", null);
  const start = () => {
    const email = textField({
      ...{ id: "invite-email", label: "E-mail address", type: "email", inputmode: "email" },
      ...{ hint: "They sign in with it. Only the sign-in service keeps it.", maxlength: 254 },
      ...{ autocapitalize: "none", spellcheck: "false" },
    });
    const role = roleFields({ prefix: "invite", homes, label: "What they are here" });
    const button = h("button", { type: "submit", class: "nhsuk-button" }, "Invite");
    const submit = (event) => {
      event.preventDefault();
      return send(valueOf(email), role, button);
    };
    fill(
      place,
      h(
        "form",
        { novalidate: true, submit, "aria-labelledby": "invite" },
        h("h2", { class: "nhsuk-heading-m", id: "invite" }, "Invite somebody"),
        email,
        role.element,
        button,
      ),
    );
  };

  async function send(email, role, button) {
    const chosen = role.read();
    const problems = [];
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
      const text = "Enter an e-mail address, such as a.carer@example.org";
      problems.push({ href: "#invite-email", text });
    }
    if (chosen.problem) problems.push(chosen.problem);
    show(problems);
    if (problems.length) return;
    button.disabled = true;
    try {
      await onSend({ email, role: chosen.role });
      start();
    } catch (error) {
      const ids = { email: "invite-email", role: role.id() };
      const names = { email: "E-mail address", role: "What they are here" };
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
    if (!problems.length) document.title = document.title.replace(/^Error: /, "");
  };
  start();
  return place;
}
