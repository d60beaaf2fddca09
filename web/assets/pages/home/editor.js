// The form in which staff edit a home's page. Only what they changed is sent.

import { button } from "../../components/button.js";
import { compare } from "../../components/compare.js";
import { textArea, textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { notice } from "../../components/notice.js";
import { statusMessage } from "../../components/status-message.js";
import { keyedSender } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { conflictsOf, DESCRIPTION_LIMIT, editsOf, feeText } from "./edits.js";
import { errorsOf, FIELDS, valueInWords } from "./edits.js";

/**
 * @typedef {object} EditorOptions
 * @property {Api.Home} home
 * @property {string} path that of the home in the API
 * @property {(home: Api.Home, message?: HTMLElement) => unknown} onClose
 * @property {import("./edits.js").Edits} [edits] those to begin with
 */

/**
 * Show the form.
 * @param {HTMLElement} main
 * @param {EditorOptions} options
 */
export function openEditor(main, { home, path, onClose, edits = {} }) {
  const status = statusMessage();
  const send = keyedSender();
  const { element: fields, read } = fieldsOf({ ...home, ...edits });

  /**
   * @param {import("./edits.js").Edits} changes
   * @param {number} version
   * @returns {Promise<unknown>}
   */
  async function save(changes, version) {
    if (!Object.keys(changes).length)
      return onClose(home, success("Nothing to save", "You did not change anything."));
    try {
      const headers = { "If-Match": `"${version}"` };
      const saved = await send("PATCH", path, { body: changes, headers });
      return onClose(saved, success("Saved", "Everyone can see the changes now."));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 412)) throw error;
      return saveOver(error.problem.current, changes);
    }
  }

  /**
   * Save over a newer version. Where someone else changed the same, the person has to decide.
   * @param {Api.Home} current
   * @param {import("./edits.js").Edits} changes
   */
  function saveOver(current, changes) {
    const conflicts = conflictsOf(changes, home, current);
    if (!conflicts.length) return save(changes, current.version);
    /** @param {import("./edits.js").Edits} rest */
    const reopen = (rest) => openEditor(main, { home: current, path, onClose, edits: rest });
    const question = compare({
      intro: "Choose which version is right. You can check everything again before you save.",
      rows: conflicts.map((name) => [
        FIELDS[name].name,
        valueInWords(changes[name]),
        valueInWords(current[name]),
      ]),
      mineText: "Use mine",
      onMine: () => reopen(changes),
      onTheirs: () => {
        const rest = { ...changes };
        for (const name of conflicts) delete rest[name];
        reopen(rest);
      },
    });
    fill(main, h("h1", { class: "nhsuk-heading-l" }, current.name), question);
    focusOn(question);
    return undefined;
  }

  const heading = h("h1", { class: "nhsuk-heading-l" }, `Edit the page for ${home.name}`);
  heading.id = "editor";
  fill(
    main,
    status.element,
    heading,
    h("p", null, "To remove something from the page, leave its field empty."),
    form({
      name: { "aria-labelledby": "editor" },
      content: fields,
      submit: "Save",
      read: () => ({ value: read(), errors: errorsOf(read()) }),
      onSubmit: (values) => {
        status.clear();
        return save(editsOf(home, values), home.version);
      },
      onFailure: status.showFailure,
      fields: () => FIELDS,
    }),
    button("Cancel", { kind: "link", onClick: () => void onClose(home) }),
  );
  focusOn(heading);
}

/**
 * @param {string} heading
 * @param {string} text
 */
function success(heading, text) {
  return notice("success", heading, h("p", null, text));
}

/**
 * Make the fields, filled in, and `read` to read them.
 * @param {Api.ShopWindow} home
 */
function fieldsOf(home) {
  /** @param {"weekly_fee_from" | "weekly_fee_to" | "vacancies_phone" | "website"} name */
  const text = (name) => ({
    id: FIELDS[name].id,
    label: FIELDS[name].name,
    value: String(home[name] == null ? "" : home[name]),
  });
  /** @param {"weekly_fee_from" | "weekly_fee_to"} name */
  const fee = (name) => ({
    ...{ ...text(name), value: feeText(home[name]) },
    ...{ inputmode: "decimal", small: true },
  });
  const feeFrom = textField({
    ...fee("weekly_fee_from"),
    hint: "In pounds. For example, 950 or 950.50",
  });
  const feeTo = textField(fee("weekly_fee_to"));
  const phone = textField({
    ...{ ...text("vacancies_phone"), inputmode: "tel", small: true, maxlength: 60 },
    hint: "If it is not the home's usual phone number",
  });
  const website = textField({
    ...{ ...text("website"), inputmode: "url", maxlength: 400 },
    ...{ spellcheck: "false", autocapitalize: "none" },
    hint: "For example, https://www.example.org/home",
  });
  const description = textArea({
    id: FIELDS.description.id,
    label: FIELDS.description.name,
    hint: `Up to ${DESCRIPTION_LIMIT} characters. Do not write about residents.`,
    value: home.description || "",
    rows: 6,
  });
  const read = () => ({
    weekly_fee_from: valueOf(feeFrom),
    weekly_fee_to: valueOf(feeTo),
    vacancies_phone: valueOf(phone),
    website: valueOf(website),
    description: valueOf(description),
  });
  return { element: [feeFrom, feeTo, phone, website, description], read };
}
