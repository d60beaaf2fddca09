// What the home before promised, as questions to this home's staff: still right, or not?

import { radios } from "../../components/field.js";
import { form } from "../../components/form.js";
import { notice } from "../../components/notice.js";
import { statusMessage } from "../../components/status-message.js";
import { keyedSender, request } from "../../core/api.js";
import { find, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { questionsOf } from "./questions.js";

const DECLARE = "say whom you take";

/**
 * @typedef {object} EarlierOptions
 * @property {Api.Home} home
 * @property {string} path the home's in the API
 * @property {(home: Api.Home, message?: HTMLElement) => unknown} onClose
 */

/**
 * Load the questions, which only the home's staff may see; nothing where every one is answered.
 * @param {EarlierOptions} options
 */
export async function earlierAnswers(options) {
  const { said } = await request("GET", `${options.path}/questions`);
  return section(said, options);
}

/**
 * @param {Api.Promises} said
 * @param {EarlierOptions} options
 */
function section(said, { home, path, onClose }) {
  const questions = questionsOf(said);
  if (!questions.length) return null;
  const status = statusMessage();
  const send = keyedSender();
  const fields = questions.map(({ id, names, text }) => ({
    names,
    element: radios({
      ...{ id: `question-${id}`, name: `question-${id}`, legend: text, small: true },
      options: [
        ["yes", "Still right"],
        ["no", "Not right"],
      ],
    }),
  }));
  const read = () => {
    /** @type {Record<string, boolean>} */
    const answers = {};
    for (const { names, element } of fields) {
      const chosen = /** @type {HTMLInputElement | null} */ (
        element.querySelector("input:checked")
      );
      if (chosen) for (const name of names) answers[name] = chosen.value === "yes";
    }
    return answers;
  };
  /** @param {Record<string, boolean>} answers */
  const save = async (answers) => {
    const headers = { "If-Match": `"${home.version}"` };
    try {
      const saved = await send("PATCH", path, { body: { still_right: answers }, headers });
      const text = h("p", null, "Everyone can see the answers now.");
      return onClose(saved, notice("success", "Saved", text));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 412)) throw error;
      const text = h("p", null, "Someone else changed this page. Check the questions again.");
      return onClose(error.problem.current, notice("warning", "Not saved", text));
    }
  };
  return h(
    "section",
    { class: "earlier-answers" },
    status.element,
    h("h2", { class: "nhsuk-heading-m", id: "earlier" }, "What the home said before"),
    h(
      "p",
      null,
      "This home had another location ID. Your council asks you to check what was said under it. ",
      "Your page shows only what is still right. You can leave a question for later.",
    ),
    h(
      "p",
      null,
      "Is only some of an answer right? Then ",
      h("a", { href: `/declare.html?${new URLSearchParams({ home: home.location_id })}` }, DECLARE),
      " yourself, and choose “Not right” for the rest.",
    ),
    form({
      name: { "aria-labelledby": "earlier" },
      content: fields.map(({ element }) => element),
      submit: "Save answers",
      read: () => {
        const value = read();
        const { id } = find(fields[0].element, "input", HTMLInputElement);
        const error = { href: `#${id}`, text: "Answer one question or more" };
        return { value, errors: Object.keys(value).length ? [] : [error] };
      },
      onSubmit: save,
      onFailure: status.showFailure,
      fields: () => ({}),
    }),
  );
}
