// A button that asks once more before it does something that is hard to undo.

import { fill, h } from "../core/dom.js";
import { button } from "./button.js";

/**
 * @typedef {object} ConfirmButtonOptions
 * @property {string} of what it is about, for a screen reader
 * @property {string} yes the text of the button that does it
 * @property {string} no the text of the button that does not
 * @property {() => unknown} onConfirm false, or a promise of it, brings the first button back
 */

/**
 * Make a button, and the two that take its place once it is pressed.
 * @param {string} text
 * @param {ConfirmButtonOptions} options
 */
export function confirmButton(text, { of, yes, no, onConfirm }) {
  const place = h("div", { class: "actions" });
  const look = /** @type {const} */ ({ kind: "secondary", small: true });
  const offer = () => {
    const first = button(text, { ...look, of, onClick: askAgain });
    fill(place, first);
    return first;
  };
  const askAgain = () => {
    const confirm = button(yes, {
      ...{ ...look, of, kind: "warning" },
      onClick: async () => (await onConfirm()) === false && offer(),
    });
    fill(place, confirm, button(no, { ...look, of, onClick: () => offer().focus() }));
    confirm.focus();
  };
  offer();
  return place;
}
