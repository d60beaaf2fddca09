// Several homes: which of them need attention, those that need it most first.

import { showFailure } from "../../components/page.js";
import { freshnessTag } from "../../components/freshness-tag.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { NoResponse } from "../../core/failures.js";
import { admissionInWords } from "../../text/vocabulary.js";
import { ageInWords, freshness } from "../../text/freshness.js";
import { keepSeen, seen, waiting } from "./drafts.js";

const URGENCY = ["stale", "ageing", "fresh"];

export async function openHomes(main, { me, signedIn }) {
  let homes;
  try {
    homes = await Promise.all(me.homes.map((locationId) => latest(me, signedIn, locationId)));
  } catch (error) {
    return showFailure(main, error);
  }
  homes = homes.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
  const isFresh = (home) =>
    freshness(home.confirmed_at) === "fresh" && !waiting(me, home.location_id);
  const needy = homes.filter((home) => !isFresh(home));
  const fine = homes.filter(isFresh);
  return fill(
    main,
    h("h1", { class: "nhsuk-heading-l" }, "Your homes"),
    section("Need attention", needy, me),
    section("Up to date", fine, me),
  );
}

async function latest(me, signedIn, locationId) {
  try {
    if (!signedIn) throw new NoResponse();
    const home = await request("GET", `/homes/${encodeURIComponent(locationId)}`);
    keepSeen(me, home);
    return home;
  } catch (error) {
    const home = seen(me, locationId);
    if (error instanceof NoResponse && home) return home;
    throw error;
  }
}

function rank(home) {
  return URGENCY.indexOf(freshness(home.confirmed_at));
}

function section(heading, homes, me) {
  if (!homes.length) return null;
  return [
    h("h2", { class: "nhsuk-heading-m" }, `${heading} (${homes.length})`),
    h(
      "ul",
      { class: "homes" },
      homes.map((home) => item(home, me)),
    ),
  ];
}

function item(home, me) {
  const href = `/update.html?${new URLSearchParams({ home: home.location_id })}`;
  const closed = home.admission_status.status === "closed";
  return h(
    "li",
    { class: "card" },
    h("a", { href }, home.name),
    freshnessTag(freshness(home.confirmed_at), ageInWords(home.confirmed_at)),
    closed && h("p", null, admissionInWords(home.admission_status)),
    waiting(me, home.location_id) && h("p", null, h("strong", null, "A change waits to be sent.")),
  );
}
