// What was entered on this phone while nobody was signed in. It is never sent unasked: staff of the
// home are shown it after they have signed in, and send it in their own name, or delete it.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { listOf } from "./save-messages.js";

/** @typedef {import("./drafts.js").UnsentChange} UnsentChange */

/**
 * @typedef {object} UnsignedOptions
 * @property {UnsentChange} change
 * @property {() => unknown} onSend
 * @property {() => unknown} onEdit
 * @property {() => unknown} onDelete
 */

/**
 * Show a change, and let the person decide what becomes of it.
 * @param {HTMLElement} main
 * @param {UnsignedOptions} options
 */
export function showUnsigned(main, { change, onSend, onEdit, onDelete }) {
  const { home_name: name, made_at, lines, is_draft: isDraft } = change;
  const message = notice(
    "warning",
    "Check what was entered on this phone",
    h(
      "p",
      null,
      `Someone entered this for ${name} at ${when(made_at)}, while nobody was signed in. ` +
        "It has not been sent. If you send it, it is sent in your name.",
    ),
    listOf(lines),
    h(
      "div",
      { class: "actions" },
      !isDraft && button("Send in my name", { onClick: onSend }),
      button("Edit", { kind: isDraft ? "primary" : "link", onClick: onEdit }),
      button("Delete", { kind: "link", onClick: onDelete }),
    ),
  );
  fill(main, h("h1", { class: "nhsuk-heading-l" }, name), message);
  focusOn(message);
}

/**
 * Make the notice that something waits to be checked. Without a sign-in it does not say what.
 * @param {UnsentChange[]} changes
 * @param {boolean} signedIn
 */
export function unsignedNotice(changes, signedIn) {
  const homes = new Map(changes.map((each) => [each.location_id, each.home_name]));
  const text = signedIn
    ? "It has not been sent. Open the home to send it or delete it:"
    : "It has not been sent. Sign in when you have a connection, to send it or delete it. " +
      "It is for:";
  const items = Array.from(homes, ([id, name]) =>
    signedIn ? h("a", { href: `/update.html?${new URLSearchParams({ home: id })}` }, name) : name,
  );
  return notice(
    "warning",
    "Something was entered on this phone while nobody was signed in",
    h("p", null, text),
    h(
      "ul",
      null,
      items.map((each) => h("li", null, each)),
    ),
  );
}
