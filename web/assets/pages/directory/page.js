// The page on which a council sends CQC's directory and reads what became of each row.

import { ask } from "../../core/api.js";
import { when } from "../../text/dates.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoAnswer, Refusal, SignInNeeded } from "../../core/failures.js";
import { notice, refusalInWords } from "../../components/notice.js";
import { openPage, wentWrong } from "../../components/page.js";
import { signIn } from "../../core/sign-in.js";
import { directoryForm } from "./directory-form.js";
import { showReport } from "./report.js";
import { send } from "./upload.js";
import { reportOn } from "./wait-for-report.js";
import { whatWillHappen } from "./vocabulary.js";

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  const said = h("div", null);
  const result = h("div", { class: "outcome" });
  const earlier = h("div", null);
  const heading = h("h1", { class: "nhsuk-heading-l" }, "Import homes");
  const form = directoryForm({ onSend: importFile });

  async function importFile(file, format, closuresConfirmed) {
    fill(result);
    form.setBusy(true);
    try {
      say("waiting", "Sending the file", h("p", null, "Please leave this page open."));
      const begun = await ask("POST", "/imports", {
        body: { format, size: file.size, closures_confirmed: closuresConfirmed },
      });
      await send(begun.form, file, progressIn(said));
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
    say("waiting", "Reading the file", words);
    const told = await reportOn(id, (now) => {
      if (words.textContent !== now) words.textContent = now;
    });
    if (!told) return late(id);
    form.askToConfirm(told.needs_confirmation && told);
    fill(said);
    const outcome = showReport(result, told);
    focusOn(outcome);
    outcome.scrollIntoView({ block: "start" });
    await list();
    return undefined;
  }

  function late(id) {
    const again = button("Look again", () => follow(id).catch(fail));
    say("wrong", "No report yet", [
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
    const { imports } = await ask("GET", "/imports");
    fill(earlier, imports.length > 0 && earlierImports(imports));
  }

  function say(kind, title, content) {
    const told = notice(kind, title, content);
    fill(said, told);
    focusOn(told);
    told.scrollIntoView({ block: "nearest" });
  }

  function fail(error) {
    if (error instanceof SignInNeeded) return signIn();
    if (error instanceof NoAnswer) {
      const lost = "The connection was lost, so it cannot be known whether the file arrived.";
      const again = "Import it again: that does no harm if it did.";
      return say("wrong", "No connection", h("p", null, `${lost} ${again}`));
    }
    if (error instanceof Refusal) {
      return say(
        "wrong",
        "Not done",
        refusalInWords(error).map((line) => h("p", null, line)),
      );
    }
    say("wrong", "Something went wrong", h("p", null, "This page has a fault. Please reload it."));
    throw error;
  }

  const shown = new URLSearchParams(location.search).get("import");
  try {
    await list();
  } catch (error) {
    return wentWrong(main, error);
  }
  fill(main, heading, whatWillHappen(), said, result, form.element, earlier);
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

function button(text, act) {
  return h("button", { type: "button", class: "nhsuk-button", click: act }, text);
}
