// The form in which a directory is chosen and, where many homes would leave search, confirmed.

import { checkbox, inputOf, textField } from "../../components/field.js";
import { form } from "../../components/form.js";
import { fill, h } from "../../core/dom.js";

const MEGABYTE = 1000000;
const MAX_MEGABYTES = 60;
const FORMATS = ["csv", "xlsx", "ods"];

/**
 * @typedef {object} ChosenFile
 * @property {File} file
 * @property {string} format
 * @property {boolean} closuresConfirmed
 *
 * @typedef {object} DirectoryFormOptions
 * @property {(chosen: ChosenFile) => unknown} onSubmit
 * @property {(error: unknown) => unknown} onFailure
 */

/**
 * Make the form; `askToConfirm` adds a box to tick for so many homes, or takes it away for none.
 * @param {DirectoryFormOptions} options
 */
export function directoryForm({ onSubmit, onFailure }) {
  const fileField = textField({
    ...{ id: "directory-file", type: "file", autocomplete: null },
    class: "nhsuk-file-upload__input choose-file",
    accept: FORMATS.map((each) => `.${each}`).join(","),
    label: "CQC care directory",
    hint: `A .csv, .xlsx or .ods file, up to ${MAX_MEGABYTES} MB`,
  });
  const confirmation = h("div", null);
  /** @type {HTMLInputElement | null} */
  let box = null;
  const element = form({
    name: { "aria-labelledby": "choose" },
    content: [
      h("h2", { class: "nhsuk-heading-m", id: "choose" }, "Choose a file"),
      fileField,
      confirmation,
    ],
    submit: "Import homes",
    read: () => {
      const [file] = /** @type {FileList} */ (inputOf(fileField).files);
      const problem = fileProblem(file);
      const errors = problem ? [{ href: "#directory-file", text: problem }] : [];
      if (box && !box.checked) {
        const text = "Tick the box to confirm that you have checked the homes that leave search";
        errors.push({ href: "#closures-confirmed", text });
      }
      const format = file ? extensionOf(file.name) : "";
      return { value: { file, format, closuresConfirmed: Boolean(box) }, errors };
    },
    onSubmit,
    onFailure,
    fields: () => ({
      format: { id: "directory-file", name: "CQC care directory" },
      size: { id: "directory-file", name: "CQC care directory" },
    }),
  });

  /** @param {number} homes */
  function askToConfirm(homes) {
    box = null;
    fill(confirmation);
    if (!homes) return;
    const label =
      homes === 1
        ? "I have checked this home. It can leave search."
        : `I have checked these ${homes} homes. They can leave search.`;
    const item = checkbox({ id: "closures-confirmed", label });
    fill(confirmation, h("div", { class: "nhsuk-form-group" }, item));
    box = inputOf(item);
  }

  return { element, askToConfirm };
}

/** @param {string} name */
function extensionOf(name) {
  return name.toLowerCase().split(".").pop() || "";
}

/**
 * Say why a file cannot be a directory; null where it can.
 * @param {Pick<File, "name" | "size"> | undefined} file
 */
export function fileProblem(file) {
  if (!file) return "Choose a file to import";
  const extension = extensionOf(file.name);
  if (extension === "xls") return "Save the file as .xlsx and choose it again";
  if (extension === "zip") return "Unzip the file and choose the directory in it";
  if (!FORMATS.includes(extension)) return "Choose a .csv, .xlsx or .ods file";
  if (!file.size) return "The file is empty. Choose another file";
  if (file.size > MAX_MEGABYTES * MEGABYTE) {
    const size = Math.ceil(file.size / MEGABYTE);
    return (
      `The file is ${size} MB. Choose a file of ${MAX_MEGABYTES} MB or less. ` +
      "The part of the directory for your area is enough"
    );
  }
  return null;
}
