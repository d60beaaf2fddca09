// What was answered on this phone while nobody was signed in. It is never sent unasked: staff of the home
// are shown it after they have signed in, and send it in their own name, or delete it.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { showFailure } from "../../components/page.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { needLines, termsInWords } from "../../text/declaration.js";
import { edited } from "./answers.js";

/**
 * @typedef {object} UnsignedOptions
 * @property {Api.Home} home
 * @property {import("./answers.js").DeclarationEdit} edit
 * @property {() => Promise<unknown>} onSend
 * @property {() => unknown} onDelete
 */

/**
 * Show the answers, and let the person decide what becomes of them.
 * @param {HTMLElement} main
 * @param {UnsignedOptions} options
 */
export function showUnsigned(main, { home, edit, onSend, onDelete }) {
  const { needs: after = {} } = edited(home, edit);
  const { needs: _, ...terms } = edit;
  const lines = [...needLines(home.needs || {}, after), ...termsInWords(terms)];
  const why =
    `Someone answered this for ${home.name} while nobody was signed in. It has not been sent. ` +
    "If you send it, it is sent in your name.";
  const onClick = () => onSend().catch((error) => showFailure(main, error));
  const message = notice(
    "warning",
    "Check what was answered on this phone",
    h("p", null, why),
    h(
      "ul",
      null,
      lines.map((line) => h("li", null, line)),
    ),
    h(
      "div",
      { class: "actions" },
      button("Send in my name", { onClick }),
      button("Delete", { kind: "link", onClick: onDelete }),
    ),
  );
  fill(main, h("h1", { class: "nhsuk-heading-l" }, "Whom you take"), message);
  focusOn(message);
}
