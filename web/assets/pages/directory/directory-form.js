// The form that a directory is chosen in.

import { button } from "../../components/button.js";
import { showErrors } from "../../components/error-summary.js";
import { fill, h } from "../../core/dom.js";

const MEGABYTE = 1000000;
const LARGEST_MB = 60;
const FORMATS = ["csv", "xlsx", "ods"];

// `onSend(file, format, closuresConfirmed)` is called with a file that may be one. Answers the
// element, `setBusy(busy)` and `askToConfirm(report)`: null where there is nothing to confirm.
export function directoryForm({ onSend }) {
  const input = h("input", {
    ...{ id: "directory-file", class: "nhsuk-file-upload__input choose-file", type: "file" },
    ...{
      accept: FORMATS.map((each) => `.${each}`).join(","),
      "aria-describedby": "directory-hint",
    },
  });
  const submitButton = button("Import", { type: "submit" });
  const confirming = h("div", null);
  const element = h("div", null);

  const submit = (event) => {
    event.preventDefault();
    const [file] = input.files;
    const box = confirming.querySelector("input");
    const problems = problemsOf(file).map((text) => ({ href: "#directory-file", text }));
    if (box && !box.checked) {
      const text = "Tick the box once you have looked at the homes that would leave the search";
      problems.push({ href: "#closures-confirmed", text });
    }
    showErrors(element, problems);
    if (problems.length) return;
    onSend(file, endingOf(file), Boolean(box));
  };
  fill(
    element,
    h(
      "form",
      { class: "form", novalidate: true, submit, "aria-labelledby": "choose" },
      h("h2", { class: "nhsuk-heading-m", id: "choose" }, "Choose the file"),
      h(
        "div",
        { class: "nhsuk-form-group" },
        h("label", { class: "nhsuk-label", for: "directory-file" }, "The directory"),
        h(
          "p",
          { class: "nhsuk-hint", id: "directory-hint" },
          `A file that ends in .csv, .xlsx or .ods, of at most ${LARGEST_MB} MB`,
        ),
        input,
      ),
      confirming,
      submitButton,
    ),
  );
  return {
    element,
    setBusy: (busy) => (submitButton.disabled = busy),
    askToConfirm: (report) => fill(confirming, report && confirmation(report)),
  };
}

function confirmation({ would_close, would_be_dormant }) {
  const count = would_close.length + would_be_dormant.length;
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h(
      "div",
      { class: "nhsuk-checkboxes" },
      h(
        "div",
        { class: "nhsuk-checkboxes__item" },
        h("input", {
          ...{ class: "nhsuk-checkboxes__input", type: "checkbox", id: "closures-confirmed" },
        }),
        h(
          "label",
          { class: "nhsuk-label nhsuk-checkboxes__label", for: "closures-confirmed" },
          `I have looked at the ${count} homes that would leave, and the file is right: import it `,
          "all the same",
        ),
      ),
    ),
  );
}

function endingOf(file) {
  return file.name.toLowerCase().split(".").pop();
}

function problemsOf(file) {
  if (!file) return ["Choose the directory's file"];
  const ending = endingOf(file);
  if (ending === "xls") return ["Save the file as .xlsx first: the old .xls cannot be read"];
  if (ending === "zip") return ["Unpack the file first, then choose the directory in it"];
  if (!FORMATS.includes(ending)) {
    return ["Choose a file that ends in .csv, .xlsx or .ods: this is another kind"];
  }
  if (!file.size) return ["Choose another file: this one is empty"];
  if (file.size > LARGEST_MB * MEGABYTE) {
    const size = Math.ceil(file.size / MEGABYTE);
    const limit = `Choose a file of at most ${LARGEST_MB} MB: this one has ${size} MB.`;
    return [`${limit} Your area's part of it is enough`];
  }
  return [];
}
