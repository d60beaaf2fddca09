// The answer: a list and a map that stay in step, a page of homes at a time.

import { button } from "../../components/button.js";
import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { tellMe } from "./alert-button.js";
import { helpFor } from "./no-results.js";
import { milesInWords, resultOf } from "./result.js";
import { mapOf } from "./results-map.js";
import { categories, inWords, placeInWords, query, value } from "./search-query.js";

// Returns what to let go of when the results go: `remove()`.
export function showResults(place, { asked, answer, me, map: tiles, go, again }) {
  const list = h("ol", { class: "results__list" });
  const more = h("div", { class: "results__more" });
  const selected = h("p", { class: "map__selected", role: "status" });
  const map = answer.total ? mapOf(tiles, { answer, asked, onSelect: fromMap }) : null;
  const wanted = categories(asked);
  const homes = new Map(); // id: {home, number, item}

  fill(
    place,
    heading(asked, answer),
    acts({ asked, answer, me, again }),
    answer.total
      ? h(
          "div",
          { class: "results" },
          h("div", { class: "results__listed" }, list, more),
          h("div", { class: "results__map" }, map.element, selected),
        )
      : helpFor({ asked, answer, me, go }),
  );
  if (!map) return { remove() {} };
  map.open();
  add(answer);
  return map;

  function add({ results, next_cursor: cursor }) {
    for (const home of results) {
      const number = homes.size + 1;
      const item = resultOf(home, { number, wanted, onShowOnMap: fromList });
      homes.set(home.location_id, { home, number, item });
      list.append(item);
    }
    map.add([...homes.values()]);
    fill(more, cursor && moreButton(cursor));
  }

  function moreButton(cursor) {
    const left = answer.total - homes.size;
    const text = left > 25 ? `Show 25 more of ${left}` : `Show ${plural(left, "more home")}`;
    const showMore = async () => {
      const first = homes.size;
      try {
        add(await request("GET", query(asked, { cursor }), { anonymous: !me }));
        list.children[first].querySelector("a").focus();
      } catch {
        const why = h("p", null, "The next homes did not come. Please try once more.");
        more.append(notice("error", "No connection", why));
      }
    };
    return button(text, { kind: "secondary", onClick: showMore });
  }

  // Somebody chose it in one of the two: both show it.
  function select(id) {
    for (const [each, { item }] of homes) {
      const chosen = each === id;
      item.classList.toggle("result--selected", chosen);
      if (chosen) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
    map.select(id);
    const { home, number, item } = homes.get(id);
    fill(
      selected,
      `On the map: ${number}. ${home.name}, ${milesInWords(home.distance_miles)}. `,
      button("See it in the list", { kind: "link", onClick: () => reveal(item) }),
    );
    return item;
  }

  function fromList(id) {
    select(id);
    map.element.scrollIntoView({ block: "nearest" });
  }

  function fromMap(id) {
    reveal(select(id));
  }
}

function reveal(item) {
  item.scrollIntoView({ block: "nearest" });
  item.querySelector("a").focus({ preventScroll: true });
}

function heading(asked, { near, total, as_of }) {
  const [where, ...wishes] = inWords(asked, near.label);
  const full = value(asked, "include_full") === "true";
  const found = total ? plural(total, "home") : "No home";
  const has = total === 1 || !total ? "has" : "have";
  return h(
    "div",
    { class: "results__heading" },
    h(
      "h2",
      { class: "nhsuk-heading-m" },
      full ? `${found} near ${placeInWords(near.label)}` : `${found} ${has} such a bed`,
    ),
    h("p", { class: "results__asked" }, `${where}: ${wishes.join(", ")}.`),
    near.approximate &&
      h("p", null, `Distances are from the middle of ${near.label}: enter a whole postcode.`),
    h("p", { class: "results__as-of" }, `As it was at ${when(as_of)}.`),
  );
}

function acts({ asked, answer, me, again }) {
  return h(
    "div",
    { class: "results__acts" },
    me && me.teams.length > 0 && tellMe(asked, answer, me.teams),
    button("Refresh", { kind: "secondary", onClick: again }),
    answer.total > 0 &&
      button("Print this list", { kind: "secondary", onClick: () => window.print() }),
  );
}
