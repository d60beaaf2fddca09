// The results of a search: a list and a map that stay in step, a page of homes at a time.

import { button } from "../../components/button.js";
import { keepPosition } from "../../components/page-position.js";
import { notLoaded } from "../../components/placing-tag.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, find, h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { milesInWords } from "../../text/miles.js";
import { categoriesOf } from "./categories.js";
import { resultItem } from "./result.js";
import { resultsMap } from "./results-map.js";
import { actions, afterList, heading, views, wordsOfSearch } from "./results-head.js";
import { requestPath } from "./search-query.js";
import { suggestionsPlace } from "./suggestions-place.js";
import { notLoaded as toldNotLoaded } from "./told.js";
import { withTold } from "./told-of-homes.js";

const PAGE_SIZE = 25;
const LARGEST_PAGE = 100;

/**
 * @typedef {object} ResultsOptions
 * @property {URLSearchParams} query
 * @property {Api.SearchResults} response the first page
 * @property {import("../../core/placing-stops.js").PlacingStops | null} stops where the
 *   council is not placing; null where that did not load
 * @property {import("./told-of-homes.js").Told | null} told what teams say of the homes of that
 *   page, where the response does not say it; null where that did not load
 * @property {(homes: Api.SearchResult[]) => Promise<import("./told-of-homes.js").Told | null>}
 *   loadTold loads that of the homes of a later page
 * @property {Me | null} me
 * @property {MapConfig} tiles
 * @property {(query: URLSearchParams) => unknown} go shows another search
 * @property {() => unknown} refresh
 */

/**
 * Load the first page of results, or as many homes as were shown before.
 * @param {URLSearchParams} query
 * @param {{ me: Me | null, shown?: number, isForAPerson?: boolean }} options a search for a person
 *   counts, without the person, in what teams look for
 * @returns {Promise<Api.SearchResults>}
 */
export async function loadResults(query, { me, shown = PAGE_SIZE, isForAPerson }) {
  const load = (/** @type {Record<string, string>} */ more) =>
    request("GET", requestPath(query, more), { anonymous: !me });
  const size = (/** @type {number} */ count) => String(Math.min(LARGEST_PAGE, count));
  const counts = isForAPerson && { for_a_person: "true" };
  const all = await load({ limit: size(Math.max(PAGE_SIZE, shown)), ...counts });
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
  const homes = options.response.total ? homesFound(options) : null;
  const others = suggestionsPlace(options);
  fill(
    place,
    h("div", { class: "results__top" }, heading(options), actions(options)),
    wordsOfSearch(options),
    views(options),
    !options.stops && notLoaded(),
    !options.told && toldNotLoaded(),
    homes ? homes.element : others,
  );
  if (!homes) return { remove() {} };
  homes.listed.append(...afterList(options), others);
  homes.open();
  return homes.map;
}

/** @typedef {{ home: Api.SearchResult, number: number, item: HTMLElement }} Entry */

/** @param {ResultsOptions} options */
function homesFound({ query, response, stops, told, loadTold, me, tiles }) {
  const list = h("ol", { class: "results__list" });
  const more = h("div", { class: "results__more" });
  const status = statusMessage();
  const selected = h("p", { class: "map__selected", role: "status" });
  const map = resultsMap(tiles, { query, near: response.near, onSelect: selectOnMap });
  const categories = categoriesOf(query);
  const asked = [...query.getAll("need"), ...query.getAll("funding")];
  const teams = me ? me.teams : [];
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  let isToldMissing = false;
  const listed = h("div", { class: "results__listed" }, list, more, status.element);
  const element = h(
    "div",
    { class: "results" },
    listed,
    h("div", { class: "results__map" }, map.element, selected),
  );

  /** Fill the map, which has a size only once it is on the page. */
  function open() {
    map.open();
    add(response, told);
  }

  /**
   * @param {Api.SearchResults} page
   * @param {import("./told-of-homes.js").Told | null} toldOfPage
   */
  function add({ results, next_cursor }, toldOfPage) {
    for (const home of results) {
      // A home that moved down the order meanwhile comes twice.
      if (entries.has(home.location_id)) continue;
      const number = entries.size + 1;
      const stop = stops ? stops.get(home.location_id) : undefined;
      const options = { number, categories, stop, asked, teams, onShowOnMap: selectInList };
      const item = resultItem(withTold(home, toldOfPage, asked), options);
      entries.set(home.location_id, { home, number, item });
      list.append(item);
    }
    map.show([...entries.values()]);
    if (!toldOfPage) isToldMissing = true;
    // Where it is missing from the first page on, that is said above the list.
    fill(more, isToldMissing && told && toldNotLoaded(), next_cursor && moreButton(next_cursor));
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
        /** @type {Api.SearchResults} */
        const page = await request("GET", requestPath(query, { cursor }), { anonymous: !me });
        add(page, await loadTold(page.results));
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

  return { element, listed, map, open };
}

/** @param {HTMLElement} item */
function reveal(item) {
  item.scrollIntoView({ block: "nearest" });
  find(item, "a", HTMLElement).focus({ preventScroll: true });
}
