// The search page: a place and what is needed, then the homes near it that have such a bed.

import { showErrors } from "../../components/error-summary.js";
import { notice } from "../../components/notice.js";
import {
  followPosition,
  keepPosition,
  position,
  returnTo,
} from "../../components/page-position.js";
import { openPage, showFailure } from "../../components/page.js";
import { config } from "../../core/config.js";
import { fill, focusOnAnswer, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { loadPlacingStops } from "../../core/placing-stops.js";
import { signIn } from "../../core/sign-in.js";
import { whereInWords } from "./filters.js";
import { keepNeeds, lastNeeds } from "./last-needs.js";
import { loadResults, showResults } from "./results.js";
import { searchForm } from "./search-form.js";
import { errorsOf, hrefOf, searchQuery } from "./search-query.js";
import { loadTold } from "./told.js";

const TITLE = "Find a bed – Bedboard";

openPage({}, async (main, { me }) => {
  const { map, search } = await config();
  if (!me && !search.public) return signIn();
  return openSearch(main, { me, tiles: map, isPublic: search.public });
});

/**
 * Show the search that is in the address, and follow the address back and forth.
 * @param {HTMLElement} main
 * @param {{ me: Me | null, tiles: MapConfig, isPublic: boolean }} context
 */
async function openSearch(main, { me, tiles, isPublic }) {
  const formPlace = h("div", { class: "search__form" });
  const resultsPlace = h("div", { class: "search__results" });
  const truthPlace = h("div", { class: "search__truth" });
  /** @type {{ remove: () => unknown } | null} */
  let results = null;
  let latest = 0; // a response that comes after a later search is ignored

  fill(
    main,
    h("h1", { class: "nhsuk-heading-l search__title" }, "Find a bed"),
    formPlace,
    resultsPlace,
    truthPlace,
  );
  if (isPublic) showTruth(truthPlace);
  followPosition(resultsPlace, "Back to the results");
  window.addEventListener("popstate", () => open({ kept: position() }));
  await open({ isFirst: true, kept: position() });

  /** @param {HTMLElement} place */
  async function showTruth(place) {
    const { showListTruth } = await import("./list-truth.js");
    await showListTruth(place);
  }

  // Links and the form change the address, and then the page shows what the address says.
  /**
   * @param {URLSearchParams} query
   * @param {{ isForAPerson?: boolean }} [options] whether someone pressed Search, which counts
   */
  function go(query, { isForAPerson = false } = {}) {
    const href = hrefOf(query);
    if (href !== location.pathname + location.search) {
      keepPosition({ top: window.scrollY });
      history.pushState(null, "", href);
    }
    return open({ isForAPerson });
  }

  /**
   * @param {object} [options]
   * @param {boolean} [options.isFirst]
   * @param {boolean} [options.isForAPerson]
   * @param {import("../../components/page-position.js").Position} [options.kept]
   */
  async function open({ isFirst = false, isForAPerson = false, kept = {} } = {}) {
    const number = ++latest;
    const query = searchQuery(location.search ? new URLSearchParams(location.search) : lastNeeds());
    const hasPlace = query.has("near");
    clear();
    main.classList.toggle("search--answered", hasPlace);
    showForm(query, hasPlace);
    if (!hasPlace) return;
    keepNeeds(query);
    fill(resultsPlace, h("p", { role: "status" }, "Searching…"));
    try {
      const [response, stops] = await Promise.all([
        loadResults(query, { me, shown: position().shown, isForAPerson }),
        loadPlacingStops(me),
      ]);
      const load = (/** @type {Api.SearchResult[]} */ homes) => loadTold(me, homes, { isPublic });
      const told = await load(response.results);
      if (number !== latest) return;
      document.title = `${whereInWords(query, response.near.label)} – ${TITLE}`;
      const refresh = () => open();
      const options = { query, response, stops, told, loadTold: load, me, tiles, go, refresh };
      results = showResults(resultsPlace, options);
      const heading = resultsPlace.querySelector("h2");
      if (heading && !isFirst) focusOnAnswer(heading);
      returnTo(resultsPlace, kept);
    } catch (error) {
      if (number === latest) showError(error, query);
    }
  }

  function clear() {
    if (results) results.remove();
    results = null;
    document.title = TITLE;
    fill(resultsPlace);
  }

  /**
   * @param {URLSearchParams} query
   * @param {boolean} folded
   */
  function showForm(query, folded) {
    const form = searchForm(query, {
      folded,
      onSearch: (asked) => go(asked, { isForAPerson: true }),
    });
    fill(formPlace, form);
    return form;
  }

  /**
   * @param {unknown} error
   * @param {URLSearchParams} query
   */
  function showError(error, query) {
    fill(resultsPlace);
    if (error instanceof Refusal && error.problem.errors) {
      showErrors(showForm(query, false), errorsOf(query, error.problem.errors));
    } else {
      fill(resultsPlace, notice("warning", "Going to the sign-in page"));
      showFailure(resultsPlace, error);
    }
  }
}
