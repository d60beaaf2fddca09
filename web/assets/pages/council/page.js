// The council's overview: which homes to ask, how sure their beds are, and all vacancies.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { followPosition, position, returnTo } from "../../components/page-position.js";
import { openPage, showFailure } from "../../components/page.js";
import { notLoaded } from "../../components/placing-tag.js";
import { request } from "../../core/api.js";
import { fieldInUse, fill, focusOn, h } from "../../core/dom.js";
import { SignInNeeded } from "../../core/failures.js";
import { loadPlacingStops } from "../../core/placing-stops.js";
import { signIn } from "../../core/sign-in.js";
import { when } from "../../text/dates.js";
import { chanceFigures } from "./chance-figures.js";
import { fourWeeks } from "./four-weeks.js";
import { homesSection } from "./homes-section.js";
import { notInSearch } from "./not-in-search.js";
import { vacancyCharts } from "./vacancy-charts.js";

openPage({ isFor: (me) => me.isCouncil }, async (main, { me }) => {
  const load = () => loadOverview(me);
  try {
    const kept = position();
    followPosition(main, "Back to the overview");
    showOverview(main, await load(), load);
    returnTo(main, kept);
  } catch (error) {
    showFailure(main, error);
  }
});

/** @typedef {Api.Overview & { lacksPlacingStops: boolean }} MarkedOverview */

/**
 * Load the overview, and lay over it at which homes the council is not placing.
 * @param {Me | null} me
 * @returns {Promise<MarkedOverview>}
 */
async function loadOverview(me) {
  const [overview, stops] = await Promise.all([request("GET", "/homes"), loadPlacingStops(me)]);
  for (const home of overview.homes) home.placing_stop = stops && stops.get(home.location_id);
  return { ...overview, lacksPlacingStops: !stops };
}

/**
 * Fill the page; return the line that says how old it is.
 * @param {HTMLElement} main
 * @param {MarkedOverview} overview
 * @param {() => Promise<MarkedOverview>} load
 */
function showOverview(main, overview, load) {
  const { as_of: asOf, totals } = overview;
  const failure = h("div", null);
  const updated = h("p", { class: "as-of" }, `Last updated at ${when(asOf)}.`);
  const heading = h("h1", { class: "nhsuk-heading-l" }, "Overview");
  if (!totals.homes) {
    const old = notInSearch(overview.posting_but_not_in_search);
    fill(main, heading, updated, failure, noHomes(), old, toolbar(main, failure, load));
    return updated;
  }
  const homes = homesSection(overview);
  const weeks = fourWeeks(overview);
  fill(
    main,
    heading,
    updated,
    failure,
    toolbar(main, failure, load),
    overview.lacksPlacingStops && notLoaded(),
    notInSearch(overview.posting_but_not_in_search),
    chanceFigures(totals, homes.showOnly),
    homes.element,
    vacancyCharts(overview),
    weeks.element,
  );
  weeks.load();
  showAllOnPaper(main, homes.showAll);
  return updated;
}

function noHomes() {
  const link = h("a", { href: "/directory.html" }, "Import CQC's care directory");
  return notice("warning", "There are no homes yet", h("p", null, link, " to add your homes."));
}

/**
 * @param {HTMLElement} main
 * @param {HTMLElement} failure where a failed refresh is shown
 * @param {() => Promise<MarkedOverview>} load
 */
function toolbar(main, failure, load) {
  const refresh = async () => {
    try {
      const overview = await load();
      const field = fieldInUse();
      const updated = showOverview(main, overview, load);
      // The new page has what was typed so far: whoever is in the middle of it types on.
      const sameField = field && document.getElementById(field.id);
      if (sameField) sameField.focus();
      else focusOn(updated);
    } catch (error) {
      if (error instanceof SignInNeeded) return signIn();
      const why = h("p", null, "This page still shows the earlier bed counts. Try again.");
      fill(failure, notice("error", "Could not refresh", why));
    }
    return undefined;
  };
  return h(
    "div",
    { class: "toolbar" },
    button("Refresh", { kind: "secondary", onClick: refresh }),
    button("Print", { kind: "secondary", onClick: () => window.print() }),
  );
}

let stopShowingAll = () => {};

/**
 * Show every home and open every table while the page is printed; afterwards all is as it was.
 * @param {HTMLElement} main
 * @param {() => () => void} showAllHomes returns the function that undoes it
 */
function showAllOnPaper(main, showAllHomes) {
  stopShowingAll();
  /** @type {(() => void)[]} */
  let undo = [];
  const before = () => {
    after();
    const closed = Array.from(main.querySelectorAll("details")).filter(({ open }) => !open);
    for (const each of closed) each.open = true;
    undo = [showAllHomes(), () => closed.forEach((each) => (each.open = false))];
  };
  const after = () => {
    undo.forEach((each) => each());
    undo = [];
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  stopShowingAll = () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}
