// A box that says what happened, or what to know before going on.

import { h } from "../core/dom.js";

/** @typedef {"success" | "warning" | "error"} NoticeKind */

/**
 * Make a notice. Its heading says in words what its colour says.
 * @param {NoticeKind} kind
 * @param {string} heading
 * @param {...Children} content
 */
export function notice(kind, heading, ...content) {
  return h(
    "section",
    { class: `notice notice--${kind}`, role: kind === "error" ? "alert" : "status" },
    h("h2", { class: "nhsuk-heading-m notice__heading" }, heading),
    content,
  );
}
