// The form of one group of needs: three large choices for each need.

import { button } from "../../components/button.js";
import { checkboxes, checkedValues, radios } from "../../components/field.js";
import { statusMessage } from "../../components/status-message.js";
import { fill, find, h } from "../../core/dom.js";
import { dayInWords } from "../../text/dates.js";
import { GROUPS } from "../../text/needs.js";
import { editOf, isAsSaved, isDoubtful, isOld, needsOf, suggestionFor } from "./answers.js";

/** @type {readonly import("../../components/field.js").Option[]} */
const ANSWERS = [
  ["yes", "Yes"],
  ["ask", "Ask us"],
  ["no", "No"],
];

/** @typedef {Record<string, Api.Answer | undefined>} Chosen */

/**
 * @typedef {object} GroupOptions
 * @property {Chosen | null} draft what was chosen before, and not saved
 * @property {(chosen: Chosen | null) => unknown} onDraft
 * @property {string} group
 * @property {Api.Home} home
 * @property {HTMLElement | undefined} message
 * @property {string} next the group, or the terms, to go to after this one
 * @property {(edit: import("./answers.js").DeclarationEdit, next?: string) => Promise<unknown>} onSave
 */

/**
 * Show the form.
 * @param {HTMLElement} main
 * @param {GroupOptions} options
 */
export function showGroup(main, { group, home, message, next, draft, onDraft, onSave }) {
  document.title = `${GROUPS[group]} – Whom you take – Bedboard`;
  const status = statusMessage();
  const { element, read } =
    group === "language" ? languages(home, draft) : choices(group, home, draft);
  // Both events come after the choice itself, so what it changed is read.
  const keep = () => onDraft(isAsSaved(group, home, read()) ? null : read());
  const old = isOld(group, home, new Date());
  const saidOn = String(home.needs_said_on && home.needs_said_on[group]);

  /** @param {string} [place] */
  const save = (place) => async () => {
    try {
      await onSave(editOf(group, home, read()), place);
    } catch (error) {
      status.showFailure(error);
    }
  };
  const nextLabel = GROUPS[next] || "who pays, and when you admit";
  fill(
    main,
    message,
    h("p", null, h("a", { href: "#" }, "All groups")),
    status.element,
    h("h1", { class: "nhsuk-heading-l" }, GROUPS[group]),
    old &&
      h("p", null, `You said this on ${dayInWords(saidOn)}. Change what is not right any more.`),
    draft && h("p", null, h("strong", null, "Not saved yet: "), "what you chose here before."),
    h("div", { change: keep, click: keep }, element),
    h(
      "div",
      { class: "actions" },
      button("Save and go on", { of: nextLabel, onClick: save(next) }),
      button("Save and close", { kind: "secondary", onClick: save() }),
    ),
  );
}

/**
 * @param {string} group
 * @param {Api.Home} home
 * @param {Chosen | null} draft
 */
function choices(group, home, draft) {
  const needs = needsOf(group);
  /** @type {Chosen} */
  const chosen = draft ? { ...draft } : { ...home.needs };
  const fields = needs.map(([id, need]) => field(id, need));
  const yesToAll = button("Yes to all that are not answered", {
    kind: "secondary",
    onClick: () => {
      for (const [id] of needs) if (!chosen[id]) chosen[id] = "yes";
      fields.forEach((each) => each.show());
    },
  });

  /**
   * @param {string} id
   * @param {import("../../text/needs.js").Need} need
   */
  function field(id, { question, help }) {
    const doubt = h("p", { class: "answers__doubt", role: "status" });
    const clear = button("Take this answer back", {
      kind: "link",
      of: question,
      onClick: () => {
        delete chosen[id];
        show();
      },
    });
    const element = radios({ id, name: id, legend: question, hint: help, options: ANSWERS });
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (element.querySelectorAll("input"));
    for (const input of inputs) {
      input.addEventListener("change", () => {
        chosen[id] = /** @type {Api.Answer} */ (input.value);
        show();
      });
    }
    const suggested = suggestionFor(id, home);
    const suggestion = h("p", { class: "answers__suggestion", id: `${id}-suggestion` });
    const fieldset = find(element, "fieldset", HTMLElement);
    const describedBy = fieldset.getAttribute("aria-describedby");
    fieldset.setAttribute(
      "aria-describedby",
      [describedBy, suggestion.id].filter(Boolean).join(" "),
    );
    element.classList.add("answers");
    // Below the choices, so that they stay under the finger when it goes.
    element.append(suggestion, doubt, clear);

    function show() {
      for (const input of inputs) input.checked = input.value === chosen[id];
      fill(doubt, doubtOf(id, chosen[id], home));
      fill(suggestion, suggested && !chosen[id] && suggestionInWords(suggested));
      clear.hidden = !chosen[id];
    }
    show();
    return { element, show };
  }

  const meaning = h(
    "p",
    null,
    "Yes: usually. Ask us: it depends on the person. No: not at this home. You can leave any open.",
  );
  const element = [meaning, yesToAll, fields.map((each) => each.element)];
  return { element, read: () => chosen };
}

/**
 * Say why an answer is odd, at once where the page can tell, else as the API did when it was saved.
 * @param {string} id
 * @param {Api.Answer | undefined} answer
 * @param {Api.Home} home
 */
function doubtOf(id, answer, home) {
  if (isDoubtful(id, answer, home)) {
    return "CQC's register has no nurses for this home. Say Ask us if it depends.";
  }
  const wasSaved = answer && home.needs && home.needs[id] === answer;
  const warning = wasSaved && (home.warnings || []).find(({ need }) => need === id);
  return warning && warning.message;
}

/** @param {{ answer: Api.Answer, why: string }} suggestion */
function suggestionInWords({ answer, why }) {
  const text = Object.fromEntries(ANSWERS)[answer];
  return [h("strong", null, `Suggestion: ${text}. `), why];
}

/**
 * @param {Api.Home} home
 * @param {Chosen | null} draft
 */
function languages(home, draft) {
  const needs = needsOf("language");
  const answers = draft || home.needs || {};
  const said = needs.map(([id]) => id).filter((id) => answers[id] === "yes");
  const element = checkboxes({
    id: "languages",
    legend: "Which languages do your staff speak?",
    hint: "Tick those that someone speaks on most days, besides English.",
    options: needs.map(([id, need]) => [id, need.label]),
    checked: said,
    small: true,
  });
  /** @returns {Record<string, Api.Answer | undefined>} */
  const read = () => Object.fromEntries(checkedValues(element).map((id) => [id, "yes"]));
  return { element, read };
}
