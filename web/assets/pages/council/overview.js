// The page from top to bottom, of one answer of the API.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { SignInNeeded } from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { when } from "../../text/dates.js";
import { areas } from "./areas.js";
import { figures } from "./figures.js";
import { overTime } from "./four-weeks.js";
import { homesSection } from "./homes-section.js";
import { whilePrinting } from "./print.js";

export function showOverview(main, answer) {
  const { as_of: asOf, totals } = answer;
  const said = h("div");
  const asOfLine = h("p", { class: "as-of" }, `As it was at ${when(asOf)}.`);
  const heading = h("h1", { class: "nhsuk-heading-l" }, "Overview");
  if (!totals.homes) {
    fill(main, heading, asOfLine, said, noHomes(), actions(main, said));
    return asOfLine;
  }
  const list = homesSection(answer);
  const weeks = overTime(answer);
  fill(
    main,
    heading,
    asOfLine,
    said,
    actions(main, said),
    figures(totals, list.showOnly),
    list.element,
    areas(answer),
    weeks.element,
  );
  weeks.read();
  whilePrinting(main, list.showAll);
  return asOfLine;
}

function noHomes() {
  const why = h("p", null, "They come in with CQC's care directory, which the council imports.");
  return notice("warning", "There are no homes here yet", why);
}

function actions(main, said) {
  const refresh = async () => {
    try {
      focusOn(showOverview(main, await request("GET", "/homes")));
    } catch (error) {
      if (error instanceof SignInNeeded) return signIn();
      const why = h("p", null, "What you see is as old as it says above. Please try once more.");
      fill(said, notice("error", "Not refreshed", why));
    }
    return undefined;
  };
  return h(
    "div",
    { class: "acts" },
    button("Refresh", { kind: "secondary", onClick: refresh }),
    button("Print", { kind: "secondary", onClick: () => window.print() }),
  );
}
