// The page on which a council imports CQC's directory and reads what became of each row.

import { button } from "../../components/button.js";
import { openPage, showFailure } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, find, focusOn, h } from "../../core/dom.js";
import { NoResponse, noResponseInWords } from "../../core/failures.js";
import { when } from "../../text/dates.js";
import { directoryForm } from "./directory-form.js";
import { uploadFile, waitForReport } from "./imports.js";

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  const status = statusMessage();
  const result = h("div", { class: "outcome" });
  const earlier = h("div", null);
  const heading = h("h1", { class: "nhsuk-heading-l" }, "Import homes");
  const form = directoryForm({ onSubmit: importFile, onFailure: fail });

  /** @param {import("./directory-form.js").ChosenFile} chosen */
  async function importFile({ file, format, closuresConfirmed }) {
    fill(result);
    status.show("warning", "Uploading the file", "Keep this page open.");
    try {
      /** @type {import("./imports.js").StartedImport} */
      const started = await request("POST", "/imports", {
        body: { format, size: file.size, closures_confirmed: closuresConfirmed },
      });
      await uploadFile(started.form, file, progressBar(status.element));
      history.replaceState(null, "", addressOf(started.import_id));
      await follow(started.import_id);
    } catch (error) {
      status.clear();
      throw error;
    }
  }

  /**
   * Wait for a report and show it, or say why there is none.
   * @param {string} id
   */
  async function follow(id) {
    const progress = h("p", null, "The file has been uploaded. We are checking each row.");
    status.show("warning", "Reading the file", progress);
    const report = await waitForReport(id, (words) => {
      if (progress.textContent !== words) progress.textContent = words;
    });
    if (!report) return showNoReport(id);
    const { needs_confirmation: needsConfirmation, would_close, would_be_dormant = [] } = report;
    form.askToConfirm(needsConfirmation ? would_close.length + would_be_dormant.length : 0);
    status.clear();
    // Most visits upload a file first, and need none of this until its report is there.
    const { showReport } = await import("./report.js");
    const outcome = showReport(result, report);
    focusOn(outcome);
    outcome.scrollIntoView({ block: "start" });
    await listImports();
    return undefined;
  }

  /** @param {string} id */
  function showNoReport(id) {
    status.show(
      "error",
      "No report yet",
      "The file was uploaded, but there is no report. The import may have failed.",
      "Check again in an hour. If there is still no report, tell the person who runs Bedboard for " +
        `you. The number of the import is ${id}.`,
      button("Check again", { onClick: () => follow(id).catch(fail) }),
    );
  }

  async function listImports() {
    const { imports } = await request("GET", "/imports");
    fill(earlier, imports.length > 0 && earlierImports(imports));
  }

  /** @param {unknown} error */
  function fail(error) {
    if (error instanceof NoResponse) {
      const lost = "We do not know if the file arrived.";
      const again = "Import it again. Importing the same file twice does no harm.";
      const why = noResponseInWords(error);
      return status.show("error", why.heading, why.text, lost, again);
    }
    return status.showFailure(error);
  }

  const id = new URLSearchParams(location.search).get("import");
  try {
    await listImports();
  } catch (error) {
    return showFailure(main, error);
  }
  fill(main, heading, introduction(), status.element, result, form.element, earlier);
  if (id) await follow(id).catch(fail);
  return undefined;
});

function introduction() {
  return h(
    "div",
    null,
    h(
      "p",
      null,
      "CQC publishes its care directory every month. On CQC's website, go to “Using CQC data” and ",
      "download the “care directory with filters”. Import the whole file, or only the rows for ",
      "your area with all columns.",
    ),
    h("p", null, "When you import a file:"),
    h(
      "ul",
      { class: "nhsuk-list nhsuk-list--bullet" },
      [
        "new homes are added",
        "the names, addresses, phone numbers, ratings and registered beds of other homes are updated",
        "bed counts, fees, answers about needs and contact details that homes posted do not change",
        "homes that are not in the file leave search (if there are many, we ask you first)",
      ].map((line) => h("li", null, line)),
    ),
  );
}

/**
 * Add a progress bar to the notice in a place; return the function that sets it, from 0 to 1.
 * @param {HTMLElement} place
 */
function progressBar(place) {
  const bar = h("progress", { class: "sending", max: "100", value: "0", "aria-label": "Uploaded" });
  const words = h("p", null, "Uploading…");
  find(place, ".notice", HTMLElement).append(bar, words);
  return (/** @type {number} */ fraction) => {
    const percent = Math.round(fraction * 100);
    bar.value = percent;
    words.textContent = `${percent}% uploaded`;
  };
}

/** @param {readonly { import_id: string, reported_at: string }[]} imports */
function earlierImports(imports) {
  const links = imports.map(({ import_id, reported_at }) =>
    h("li", null, h("a", { href: addressOf(import_id) }, `Report from ${when(reported_at)}`)),
  );
  return [
    h("h2", { class: "nhsuk-heading-m" }, "Earlier imports"),
    h("ul", { class: "nhsuk-list earlier" }, links),
  ];
}

/** @param {string} id */
function addressOf(id) {
  return `/directory.html?${new URLSearchParams({ import: id })}`;
}
