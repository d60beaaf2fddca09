// The search as its address has it: asks, shows, and follows the address back and forth.

import { showErrors } from "../../components/error-summary.js";
import { showFailure } from "../../components/page.js";
import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { problemsOf } from "./problems.js";
import { showResults } from "./results.js";
import { searchForm } from "./search-form.js";
import { hrefOf, inWords, normalised, query, value } from "./search-query.js";

const TITLE = "Find a bed – Bedboard";

export async function search(main, { me, map }) {
  const form = h("div", { class: "search__form" });
  const results = h("div", { class: "search__results" });
  let shown = null; // what the results on the page hold on to: a map
  let turn = 0; // answers that come after a later question are passed over

  fill(main, h("h1", { class: "nhsuk-heading-l search__title" }, "Find a bed"), form, results);
  window.addEventListener("popstate", () => open());
  await open({ arriving: true });

  // Links and the form alike: the address first, then whatever it says.
  function go(asked) {
    if (!value(asked, "near")) return refused(asked, []);
    const href = hrefOf(asked);
    if (href !== location.pathname + location.search) history.pushState(null, "", href);
    return open();
  }

  async function open({ arriving = false } = {}) {
    const mine = ++turn;
    const asked = normalised(new URLSearchParams(location.search));
    const isAsked = asked.has("near");
    clear();
    fill(form, searchForm(asked, { folded: isAsked, onSearch: go }));
    if (!isAsked) return;
    fill(results, h("p", { role: "status" }, "Searching…"));
    try {
      const answer = await request("GET", query(asked), { anonymous: !me });
      if (mine !== turn) return;
      document.title = `${inWords(asked, answer.near.label)[0]} – ${TITLE}`;
      shown = showResults(results, { asked, answer, me, map, go, again: () => open() });
      if (!arriving) focusOn(results.querySelector("h2"));
    } catch (error) {
      if (mine === turn) failed(error, asked);
    }
  }

  function clear() {
    if (shown) shown.remove();
    shown = null;
    document.title = TITLE;
    showErrors(main, []);
    fill(results);
  }

  function failed(error, asked) {
    fill(results);
    if (error instanceof Refusal && error.problem.errors) {
      refused(asked, error.problem.errors);
    } else {
      const place = h("div");
      showFailure(place, error);
      results.append(place);
      if (!place.childNodes.length) fill(place, notice("warning", "Taking you to sign in"));
    }
  }

  function refused(asked, errors) {
    const problems = problemsOf(asked, errors);
    turn++;
    clear();
    fill(form, searchForm(asked, { folded: false, onSearch: go }));
    showErrors(main, problems);
  }
}
