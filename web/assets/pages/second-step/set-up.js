// The steps in which someone adds an authenticator app to their account.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { h } from "../../core/dom.js";
import { signOut } from "../../core/sign-in.js";
import { qrCode } from "./app-key.js";
import { codeIn, inGroups, linkOf } from "./key-text.js";

/**
 * @typedef {object} SetUpOptions
 * @property {import("./key-text.js").AppKey} key
 * @property {(code: string) => Promise<unknown>} onCode checks a code and turns the second step on
 * @property {(error: unknown) => unknown} onFailure called where the code is not to blame
 */

/**
 * Show a key, and ask for the code that the app makes of it.
 * @param {SetUpOptions} options
 */
export function setUpForm({ key, onCode, onFailure }) {
  const code = textField({
    ...{
      id: "code",
      label: "Security code",
      hint: "6 digits. The app shows new ones all the time",
    },
    ...{ inputmode: "numeric", autocomplete: "one-time-code", maxlength: 20, small: true },
  });
  return h(
    "div",
    null,
    h("h1", { class: "nhsuk-heading-l" }, "Set up your second step"),
    h("p", null, `For ${key.email}.`),
    h("h2", { class: "nhsuk-heading-m" }, "1. Add Bedboard to your app"),
    h("p", null, "Open your authenticator app. Choose to add an account, and scan this code:"),
    qrCode(key),
    h("p", null, h("a", { href: linkOf(key) }, "Open the app on this phone")),
    details("I cannot scan the code", [
      h("p", null, "Choose in the app to type a key, and enter:"),
      h("p", { class: "app-key" }, inGroups(key.secret)),
      h("p", null, "Where the app asks, the type of key is “time based”."),
    ]),
    h("h2", { class: "nhsuk-heading-m" }, "2. Enter the code that it shows"),
    form({
      name: { "aria-label": "Check the app" },
      content: code,
      submit: "Turn on the second step",
      read: () => {
        const value = codeIn(valueOf(code)) || "";
        const error = { href: "#code", text: "Enter the 6 digits that the app shows" };
        return { value, errors: value ? [] : [error] };
      },
      onSubmit: onCode,
      onFailure,
      fields: () => ({ code: { id: "code", name: "Security code" } }),
    }),
  );
}

/** Say that it is done, and what comes next. */
export function doneNotice() {
  return h(
    "div",
    null,
    h("h1", { class: "nhsuk-heading-l" }, "Your second step is on"),
    h("p", null, "We have signed you out everywhere. Sign in again to go on."),
    h(
      "p",
      null,
      "We ask for your password, and then for the code that your app shows. Wait until it shows ",
      "another code than the one you have just used.",
    ),
    button("Sign in again", { onClick: () => signOut() }),
  );
}
