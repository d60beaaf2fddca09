// The results of a search: a list and a map that stay in step, a page of homes at a time.

import { button } from "../../components/button.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, find, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { createAlert } from "./create-alert.js";
import { milesInWords, resultItem } from "./result.js";
import { resultsMap } from "./results-map.js";
import { categoriesOf, hrefOf, placeInWords } from "./search-query.js";
import { requestPath, searchInWords, valueIn } from "./search-query.js";
import { helpfulSuggestions } from "./suggestions.js";

const PAGE_SIZE = 25;

/**
 * @typedef {object} ResultsOptions
 * @property {URLSearchParams} query
 * @property {Api.SearchResults} response the first page
 * @property {Me | null} me
 * @property {MapConfig} tiles
 * @property {(query: URLSearchParams) => unknown} go shows another search
 * @property {() => unknown} refresh
 */

/**
 * Show the results, and return what has to be removed before they are replaced: the map.
 * @param {HTMLElement} place
 * @param {ResultsOptions} options
 */
export function showResults(place, options) {
  const { query, response } = options;
  const homes = response.total ? homesFound(options) : null;
  fill(
    place,
    heading(query, response),
    actions(options),
    homes ? homes.element : suggestions(options),
  );
  if (!homes) return { remove() {} };
  homes.open();
  return homes.map;
}

/**
 * @param {URLSearchParams} query
 * @param {Api.SearchResults} response
 */
function heading(query, { near, total, as_of }) {
  const [where, ...filters] = searchInWords(query, near.label);
  const homes = total ? plural(total, "home") : "No home";
  const place = placeInWords(near.label);
  const isFull = valueIn(query, "include_full") === "true";
  const verb = total > 1 ? "have" : "has";
  return h(
    "div",
    { class: "results__heading" },
    h(
      "h2",
      { class: "nhsuk-heading-m" },
      isFull ? `${homes} near ${place}` : `${homes} ${verb} a bed that fits`,
    ),
    h("p", { class: "results__search" }, `${where}: ${filters.join(", ")}.`),
    near.approximate &&
      h(
        "p",
        null,
        `Distances are from the middle of ${near.label}. For exact distances, enter a full postcode.`,
      ),
    h("p", { class: "results__as-of" }, `Correct at ${when(as_of)}.`),
  );
}

/** @param {ResultsOptions} options */
function actions({ query, response, me, refresh }) {
  const kind = /** @type {const} */ ("secondary");
  return h(
    "div",
    { class: "results__actions" },
    me && me.teams.length > 0 && createAlert(query, response.near, me.teams),
    button("Refresh", { kind, onClick: () => void refresh() }),
    response.total > 0 && button("Print this list", { kind, onClick: () => window.print() }),
  );
}

/** @typedef {{ home: Api.SearchResult, number: number, item: HTMLElement }} Entry */

/** @param {ResultsOptions} options */
function homesFound({ query, response, me, tiles }) {
  const list = h("ol", { class: "results__list" });
  const more = h("div", { class: "results__more" });
  const status = statusMessage();
  const selected = h("p", { class: "map__selected", role: "status" });
  const map = resultsMap(tiles, { query, near: response.near, onSelect: selectOnMap });
  const categories = categoriesOf(query);
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  const element = h(
    "div",
    { class: "results" },
    h("div", { class: "results__listed" }, list, more, status.element),
    h("div", { class: "results__map" }, map.element, selected),
  );

  /** Fill the map, which has a size only once it is on the page. */
  function open() {
    map.open();
    add(response);
  }

  /** @param {Api.SearchResults} page */
  function add({ results, next_cursor }) {
    for (const home of results) {
      const number = entries.size + 1;
      const item = resultItem(home, { number, categories, onShowOnMap: selectInList });
      entries.set(home.location_id, { home, number, item });
      list.append(item);
    }
    map.show([...entries.values()]);
    fill(more, next_cursor && moreButton(next_cursor));
  }

  /** @param {string} cursor */
  function moreButton(cursor) {
    const left = response.total - entries.size;
    const text =
      left > PAGE_SIZE ? `Show ${PAGE_SIZE} more of ${left}` : `Show ${plural(left, "more home")}`;
    const showMore = async () => {
      const first = entries.size;
      status.clear();
      try {
        add(await request("GET", requestPath(query, { cursor }), { anonymous: !me }));
        find(list.children[first], "a", HTMLElement).focus();
      } catch (error) {
        status.showFailure(error);
      }
    };
    return button(text, { kind: "secondary", onClick: showMore });
  }

  /**
   * Mark a home in the list and on the map.
   * @param {string} id
   * @returns {HTMLElement} its item in the list
   */
  function select(id) {
    const { home, number, item } = /** @type {Entry} */ (entries.get(id));
    for (const { item: each } of entries.values()) {
      each.classList.toggle("result--selected", each === item);
      if (each === item) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    }
    map.select(id);
    fill(
      selected,
      `On the map: ${number}. ${home.name}, ${milesInWords(home.distance_miles)}. `,
      button("Show in list", { kind: "link", onClick: () => reveal(item) }),
    );
    return item;
  }

  /** @param {string} id */
  function selectInList(id) {
    select(id);
    map.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} id */
  function selectOnMap(id) {
    reveal(select(id));
  }

  return { element, map, open };
}

/** @param {HTMLElement} item */
function reveal(item) {
  item.scrollIntoView({ block: "nearest" });
  find(item, "a", HTMLElement).focus({ preventScroll: true });
}

/**
 * Make the list of searches that differ in one thing and find homes. It fills itself.
 * @param {ResultsOptions} options
 */
function suggestions({ query, me, go }) {
  const place = h("div", null, h("p", { role: "status" }, "Looking for homes that nearly fit…"));
  /** @param {URLSearchParams} other */
  const countHomes = async (other) => {
    try {
      const path = requestPath(other, { limit: "1" });
      return (await request("GET", path, { anonymous: !me })).total;
    } catch {
      return 0;
    }
  };
  helpfulSuggestions(query, countHomes).then((all) => {
    const items = all.map(({ text, query: other, total }) => {
      /** @param {MouseEvent} event */
      const click = (event) => {
        // A new tab or window is the browser's business.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(other);
      };
      return h(
        "li",
        null,
        h("a", { href: hrefOf(other), click }, text),
        `: ${plural(total, "home")}`,
      );
    });
    fill(
      place,
      items.length
        ? [
            h("h3", { class: "nhsuk-heading-s" }, "Try one of these searches"),
            h("ul", { class: "suggestions" }, items),
          ]
        : h("p", null, "Try another place, or fewer filters."),
    );
  });
  return place;
}
