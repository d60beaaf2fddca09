// A form that says at its top and at its fields what is wrong, and that is not sent twice.

import { h } from "../core/dom.js";
import { errorsAtFields, Refusal } from "../core/failures.js";
import { button, withProgress } from "./button.js";
import { showErrors } from "./error-summary.js";

/**
 * @template Value
 * @typedef {object} FormOptions
 * @property {Record<string, any>} name what a screen reader calls it: `aria-labelledby` or
 *   `aria-label`
 * @property {Children} content the fields, and what is written above and between them
 * @property {HTMLButtonElement | string} submit the button at its end, or the text of a usual one
 * @property {() => { value: Value, errors: FieldError[] }} read what is in the fields
 * @property {(value: Value) => unknown} onSubmit called with what was read, where nothing is wrong
 * @property {(error: unknown) => unknown} onFailure called where it fails and no field is to blame
 * @property {() => Record<string, { id: string | null | undefined, name: string }>} fields
 *   the fields by their names in the API, which refuses by those
 */

/**
 * Make a form.
 * @template Value
 * @param {FormOptions<Value>} options
 */
export function form({ name, content, submit, read, onSubmit, onFailure, fields }) {
  const end = typeof submit === "string" ? button(submit, { type: "submit" }) : submit;
  const element = h(
    "div",
    null,
    h("form", { class: "form", novalidate: true, submit: send, ...name }, content, end),
  );

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    const { value, errors } = read();
    showErrors(element, errors);
    if (errors.length || end.disabled) return;
    end.disabled = true;
    try {
      await withProgress(Promise.resolve(onSubmit(value)));
    } catch (error) {
      const atFields = error instanceof Refusal && errorsAtFields(error, fields());
      if (atFields) showErrors(element, atFields);
      else onFailure(error);
    } finally {
      end.disabled = false;
    }
  }

  return element;
}
