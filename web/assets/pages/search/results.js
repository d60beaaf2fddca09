// The results of a search: a list and a map that stay in step, a page of homes at a time.

import { button } from "../../components/button.js";
import { keepPosition } from "../../components/page-position.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, find, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { createAlert } from "./create-alert.js";
import { milesInWords, resultItem } from "./result.js";
import { resultsMap } from "./results-map.js";
import { categoriesOf, hrefOf, ORDERS, placeInWords } from "./search-query.js";
import { requestPath, searchInWords, valueIn, withValue } from "./search-query.js";
import { FARTHEST, helpfulSuggestions } from "./suggestions.js";

const PAGE_SIZE = 25;
const LARGEST_PAGE = 100;

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
 * Load the first page of results, or as many homes as were shown before.
 * @param {URLSearchParams} query
 * @param {{ me: Me | null, shown?: number }} options
 * @returns {Promise<Api.SearchResults>}
 */
export async function loadResults(query, { me, shown = PAGE_SIZE }) {
  const load = (/** @type {Record<string, string>} */ more) =>
    request("GET", requestPath(query, more), { anonymous: !me });
  const size = (/** @type {number} */ count) => String(Math.min(LARGEST_PAGE, count));
  const all = await load({ limit: size(Math.max(PAGE_SIZE, shown)) });
  while (all.next_cursor && all.results.length < shown) {
    const limit = size(shown - all.results.length);
    const { results, next_cursor } = await load({ cursor: all.next_cursor, limit });
    all.results.push(...results);
    all.next_cursor = next_cursor;
  }
  return all;
}

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
    h("p", { class: "results__search" }, `${where}: ${filters.join(", ")}. `),
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
function actions({ query, response, me, go, refresh }) {
  const kind = /** @type {const} */ ("secondary");
  return h(
    "div",
    { class: "results__actions" },
    me && me.teams.length > 0 && createAlert(query, response.near, me.teams),
    button("Refresh", { kind, onClick: () => void refresh() }),
    response.total > 0 && button("Print this list", { kind, onClick: () => window.print() }),
    response.total > 1 && orders(query, go),
  );
}

/**
 * Make the links to the same homes in another order.
 * @param {URLSearchParams} query
 * @param {ResultsOptions["go"]} go
 */
function orders(query, go) {
  const current = valueIn(query, "sort");
  return h(
    "nav",
    { class: "results__orders", "aria-label": "Order of the results" },
    h("span", null, "Order: "),
    Object.entries(ORDERS).map(([order, text]) =>
      order === current
        ? h("strong", { "aria-current": "true" }, text)
        : searchLink(withValue(query, "sort", order), text, go),
    ),
  );
}

/**
 * Make a link to another search, which replaces this one without loading the page again.
 * @param {URLSearchParams} query
 * @param {string} text
 * @param {ResultsOptions["go"]} go
 */
function searchLink(query, text, go) {
  /** @param {MouseEvent} event */
  const click = (event) => {
    // A new tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(query);
  };
  return h("a", { href: hrefOf(query), click }, text);
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
      // A home that moved down the order meanwhile comes twice.
      if (entries.has(home.location_id)) continue;
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
        keepPosition({ shown: entries.size });
        const next = list.children[first];
        if (next) find(next, "a", HTMLElement).focus();
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
 * Make the list of other searches that find homes. It fills itself.
 * @param {ResultsOptions} options
 */
function suggestions({ query, response, me, go }) {
  const place = h("div", null, h("p", { role: "status" }, "Looking for homes that nearly fit…"));
  /** @type {import("./suggestions.js").SearchHomes} */
  const searchHomes = (other, more) =>
    request("GET", requestPath(other, { ...more, limit: "1" }), { anonymous: !me });
  const show = async () => {
    const { nearest, suggestions: all } = await helpfulSuggestions(query, searchHomes);
    const items = all.map(({ text, query: other, total }) =>
      h("li", null, searchLink(other, text, go), `: ${plural(total, "home")}`),
    );
    fill(
      place,
      h("p", null, nearestInWords(nearest, all.length > 0, placeInWords(response.near.label))),
      items.length > 0 && [
        h("h3", { class: "nhsuk-heading-s" }, "Try one of these searches"),
        h("ul", { class: "suggestions" }, items),
      ],
    );
  };
  show().catch(() => {
    const again = button("Try again", { kind: "secondary", onClick: () => go(query) });
    fill(place, h("p", { role: "alert" }, "We could not look for other homes."), again);
  });
  return place;
}

/**
 * @param {Api.SearchResult | null} nearest the nearest home that fits
 * @param {boolean} hasOthers whether some fit another search
 * @param {string} place
 */
function nearestInWords(nearest, hasOthers, place) {
  if (nearest) {
    const distance = milesInWords(nearest.distance_miles);
    return `The nearest home that fits is ${nearest.name}, ${distance} away.`;
  }
  return hasOthers
    ? `No home on Bedboard within ${FARTHEST} miles of ${place} has a bed that fits.`
    : `Bedboard lists no homes within ${FARTHEST} miles of ${place}. Check the postcode.`;
}
