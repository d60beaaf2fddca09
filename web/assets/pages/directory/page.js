// The page on which a council sends CQC's directory and reads what became of each row.

import { button } from "../../components/button.js";
import { openPage, showFailure } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoResponse } from "../../core/failures.js";
import { when } from "../../text/dates.js";
import { directoryForm } from "./directory-form.js";
import { showReport } from "./report.js";
import { send } from "./upload.js";
import { whatWillHappen } from "./vocabulary.js";
import { reportOn } from "./wait-for-report.js";

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  const status = statusMessage();
  const result = h("div", { class: "outcome" });
  const earlier = h("div", null);
  const heading = h("h1", { class: "nhsuk-heading-l" }, "Import homes");
  const form = directoryForm({ onSend: importFile });

  async function importFile(file, format, closuresConfirmed) {
    fill(result);
    form.setBusy(true);
    try {
      status.show("warning", "Sending the file", h("p", null, "Please leave this page open."));
      const begun = await request("POST", "/imports", {
        body: { format, size: file.size, closures_confirmed: closuresConfirmed },
      });
      await send(begun.form, file, progressIn(status.element));
      history.replaceState(null, "", addressOf(begun.import_id));
      await follow(begun.import_id);
    } catch (error) {
      fail(error);
    } finally {
      form.setBusy(false);
    }
  }

  // Waits for the report and shows it, or says why there is none.
  async function follow(id) {
    const words = h("p", null, "It has arrived, and is being checked row by row.");
    status.show("warning", "Reading the file", words);
    const told = await reportOn(id, (now) => {
      if (words.textContent !== now) words.textContent = now;
    });
    if (!told) return late(id);
    form.askToConfirm(told.needs_confirmation && told);
    status.clear();
    const outcome = showReport(result, told);
    focusOn(outcome);
    outcome.scrollIntoView({ block: "start" });
    await list();
    return undefined;
  }

  function late(id) {
    const again = button("Look again", { onClick: () => follow(id).catch(fail) });
    status.show("error", "No report yet", [
      h("p", null, "The file arrived, but nothing has come of it. Its import may have failed."),
      h(
        "p",
        null,
        "Look again in an hour. If there is still nothing, tell whoever runs Bedboard for you ",
        `that there is no report on import ${id}.`,
      ),
      again,
    ]);
  }

  async function list() {
    const { imports } = await request("GET", "/imports");
    fill(earlier, imports.length > 0 && earlierImports(imports));
  }

  function fail(error) {
    if (error instanceof NoResponse) {
      const lost = "The connection was lost, so it cannot be known whether the file arrived.";
      const again = "Import it again: that does no harm if it did.";
      return status.show("error", "No connection", `${lost} ${again}`);
    }
    return status.showFailure(error);
  }

  const shown = new URLSearchParams(location.search).get("import");
  try {
    await list();
  } catch (error) {
    return showFailure(main, error);
  }
  fill(main, heading, whatWillHappen(), status.element, result, form.element, earlier);
  if (shown) await follow(shown).catch(fail);
  return undefined;
});

// Draws how much of the file is on its way: fraction from 0 to 1.
function progressIn(place) {
  const bar = h("progress", { class: "sending", max: "100", value: "0", "aria-label": "Sent" });
  const words = h("p", null, "Sending…");
  place.querySelector(".notice").append(bar, words);
  return (fraction) => {
    const percent = Math.round(fraction * 100);
    bar.value = percent;
    words.textContent = `${percent}% sent`;
  };
}

function earlierImports(imports) {
  const item = ({ import_id, reported_at }) =>
    h("li", null, h("a", { href: addressOf(import_id) }, `Report of ${when(reported_at)}`));
  return [
    h("h2", { class: "nhsuk-heading-m" }, "Earlier imports"),
    h("ul", { class: "nhsuk-list earlier" }, imports.map(item)),
  ];
}

function addressOf(id) {
  return `/directory.html?${new URLSearchParams({ import: id })}`;
}
