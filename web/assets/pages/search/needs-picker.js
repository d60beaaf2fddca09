// Chooses needs: a box to type in, a list of all to browse, and what is chosen, each a must or a wish.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { checkboxes, inputOf, textField } from "../../components/field.js";
import { fill, h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { GROUPS, NEEDS } from "../../text/needs.js";
import { requirementInWords } from "../../text/requirements.js";
import { matchingNeeds } from "./needs-match.js";

/**
 * Make the field, and the list of all needs that stands under it. What is chosen is in the form as
 * `need` and `would_like`.
 * @param {URLSearchParams} query
 */
export function needsPicker(query) {
  /** @type {Map<string, "need" | "would_like">} */
  const chosen = new Map();
  for (const id of query.getAll("would_like")) chosen.set(id, "would_like");
  for (const id of query.getAll("need")) chosen.set(id, "need");

  const field = textField({
    ...{ id: "needs-find", type: "search", spellcheck: "false" },
    label: "What does the person need?",
    hint: "Type and press Enter. For example, PEG or hoist",
    input: offer,
    keydown: onKey,
  });
  const input = inputOf(field);
  const offers = h("ul", { class: "needs__offers" });
  const status = h("p", { class: "nhsuk-u-visually-hidden", role: "status" });
  const chips = h("ul", { class: "needs__chosen", "aria-label": "Needs chosen" });
  const all = details("Browse all needs", [], { className: "needs__all", onToggle: browse });
  showChosen();
  return { element: h("div", { class: "needs" }, field, offers, status, chips), all };

  function offer() {
    const found = matchingNeeds(input.value, [...chosen.keys()]);
    fill(offers, found.map(offered));
    if (!input.value.trim()) status.textContent = "";
    else if (!found.length) status.textContent = "No need matches. Browse all needs below.";
    else status.textContent = `${plural(found.length, "need matches", "needs match")}.`;
    offers.classList.toggle("needs__offers--none", !found.length && Boolean(input.value.trim()));
    if (!found.length && input.value.trim()) fill(offers, h("li", null, "No need matches."));
  }

  /** @param {string} id */
  function offered(id) {
    const { label, help } = NEEDS[id];
    const add = button(label, {
      ...{ kind: "link", "aria-label": `Add ${label}` },
      onClick: () => choose(id),
    });
    return h("li", null, add, help && h("span", { class: "needs__help" }, ` ${help}`));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key !== "Enter" || !input.value.trim()) return;
    event.preventDefault(); // The form is sent by Enter in the empty box.
    const [first] = matchingNeeds(input.value, [...chosen.keys()]);
    if (first) choose(first);
  }

  /** @param {string} id */
  function choose(id) {
    chosen.set(id, "need");
    input.value = "";
    offer();
    changed(`${requirementInWords(id)} added.`);
    input.focus();
  }

  /** @param {string} message */
  function changed(message) {
    showChosen();
    tick();
    status.textContent = message;
  }

  function showChosen() {
    fill(chips, [...chosen].map(chip));
  }

  /** @param {["need" | "would_like", string] | any} entry */
  function chip([id, name]) {
    const label = requirementInWords(id);
    const isMust = name === "need";
    const toggle = button(isMust ? "Must have" : "Would like", {
      ...{ kind: "link", className: "needs__toggle", "data-need": id },
      "aria-label": `${label}: ${isMust ? "must have. Change to would like" : "would like. Change to must have"}`,
      onClick: () => {
        chosen.set(id, isMust ? "would_like" : "need");
        changed(`${label}: ${isMust ? "would like" : "must have"}.`);
        const again = chips.querySelector(`[data-need="${CSS.escape(id)}"]`);
        if (again instanceof HTMLElement) again.focus();
      },
    });
    const remove = button("✕", {
      ...{ kind: "link", className: "needs__remove", "aria-label": `Remove ${label}` },
      onClick: () => {
        chosen.delete(id);
        changed(`${label} removed.`);
        input.focus();
      },
    });
    return h(
      "li",
      { class: `needs__chip${isMust ? "" : " needs__chip--wish"}` },
      h("span", { class: "needs__label" }, label),
      ...[toggle, remove],
      h("input", { type: "hidden", name, value: id }),
    );
  }

  /** Fill the list of all needs, when it is first opened. */
  function browse() {
    const content = all.querySelector(".nhsuk-details__text");
    if (!content || content.childElementCount) return;
    fill(content, Object.entries(GROUPS).map(groupField));
    content.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      const id = target.value;
      if (target.checked) chosen.set(id, "need");
      else chosen.delete(id);
      changed(`${requirementInWords(id)} ${target.checked ? "added" : "removed"}.`);
    });
  }

  /** @param {[string, string]} group */
  function groupField([group, legend]) {
    const needs = Object.entries(NEEDS).filter(([, need]) => need.group === group);
    return checkboxes({
      ...{ id: `needs-${group}`, legend, small: true },
      options: needs.map(([id, { label }]) => /** @type {const} */ ([id, label])),
      checked: [...chosen.keys()],
    });
  }

  /** Tick in the list what is chosen. */
  function tick() {
    for (const box of all.querySelectorAll("input")) box.checked = chosen.has(box.value);
  }
}
