// Nothing found: what there is just outside the circle, or with one wish dropped.

import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { listed, plural } from "../../text/format.js";
import { FEATURES } from "../../text/vocabulary.js";
import { AGES, categories, changed, hrefOf, query, RADII, value } from "./search-query.js";

const MOST_ASKED = 8;

export function helpFor({ asked, me, go }) {
  const looking = h("p", { role: "status" }, "Looking a little further…");
  const place = h("div", { class: "empty" }, looking);
  offers(asked, me).then(
    (found) => show(place, found, go),
    () => show(place, [], go),
  );
  return place;
}

function show(place, found, go) {
  const item = ({ text, other, total }) =>
    h(
      "li",
      null,
      h("a", { href: hrefOf(other), click: (event) => followed(event, () => go(other)) }, text),
      `: ${plural(total, "home")}`,
    );
  fill(
    place,
    found.length
      ? [
          h("h3", { class: "nhsuk-heading-s" }, "There is, if you"),
          h("ul", { class: "empty__offers" }, found.map(item)),
        ]
      : h("p", null, "Nor is there with one wish dropped. Try fewer wishes, or another place."),
  );
}

// A new tab or window is the browser's business.
function followed(event, go) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go();
}

// Searches that differ in one thing and find something, the nearest first.
async function offers(asked, me) {
  const others = [...wider(asked), ...without(asked)].slice(0, MOST_ASKED);
  const totals = await Promise.all(
    others.map(({ other }) =>
      request("GET", query(other, { limit: 1 }), { anonymous: !me }).then(
        ({ total }) => total,
        () => 0,
      ),
    ),
  );
  const found = others.map((each, i) => ({ ...each, total: totals[i] })).filter((e) => e.total);
  // Of the wider circles, the smallest that finds something.
  const nearest = found.find((each) => each.isWider);
  return found.filter((each) => !each.isWider || each === nearest);
}

function wider(asked) {
  const now = Number(value(asked, "radius_miles"));
  return RADII.filter((miles) => miles > now)
    .slice(0, 3)
    .map((miles) => ({
      isWider: true,
      text: `look within ${miles} miles`,
      other: changed(asked, "radius_miles", String(miles)),
    }));
}

function without(asked) {
  const rating = value(asked, "min_rating");
  const age = value(asked, "max_age_hours");
  const features = asked.getAll("feature");
  const anyBed = changed(changed(asked, "need", null), "care", null);
  return [
    categories(asked).length > 0 && { text: "take any kind of bed", other: anyBed },
    value(asked, "care") && {
      text: "take care with or without a nurse",
      other: changed(asked, "care", null),
    },
    value(asked, "include_full") !== "true" && {
      text: "also see homes that are full or closed now",
      other: changed(asked, "include_full", "true"),
    },
    age && {
      text: `take numbers older than ${(AGES[age] || `${age} hours`).replace("the last", "a")}`,
      other: changed(asked, "max_age_hours", null),
    },
    rating && {
      text: rating === "Outstanding" ? "take any rating" : `take homes rated below ${rating}, too`,
      other: changed(asked, "min_rating", null),
    },
    value(asked, "beds") > 1 && { text: "need one bed only", other: changed(asked, "beds", null) },
    features.length > 1 && {
      text: `do without ${listed(features.map(lower))}`,
      other: changed(asked, "feature", null),
    },
    ...features.map((each) => ({
      text: `do without “${FEATURES[each] || each}”`,
      other: changed(
        asked,
        "feature",
        features.filter((other) => other !== each),
      ),
    })),
  ].filter(Boolean);
}

function lower(feature) {
  return `“${FEATURES[feature] || feature}”`;
}
