// What was saved, when, and what it is good for: what searches that start now are told of the home.

import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { clock } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { CATEGORIES } from "../../text/vocabulary.js";

export function savedNotice(home, entry) {
  const standing = h("p", { hidden: true });
  tellStanding(standing, home.location_id);
  return notice(
    "success",
    `Saved at ${clock(home.confirmed_at)}`,
    h(
      "ul",
      null,
      entry.lines.map((line) => h("li", null, line)),
    ),
    h("p", null, nowSeen(home)),
    standing,
  );
}

function nowSeen(home) {
  if (home.admission_status.status === "closed") {
    return "While the home is closed, hospital teams are offered none of its beds.";
  }
  const offered = Object.entries(home.beds).filter(([, counts]) => counts.accepting);
  if (!offered.length) return "Hospital teams see that you have no vacancy.";
  const told = offered.map(
    ([name, { accepting }]) => `${accepting} ${CATEGORIES[name].toLowerCase()}`,
  );
  const sum = offered.reduce((total, [, { accepting }]) => total + accepting, 0);
  return `Every search from now on can offer ${plural(sum, "bed")} here: ${told.join(", ")}.`;
}

// How many are waiting for such beds is worth knowing, and nobody need wait for it.
async function tellStanding(place, locationId) {
  try {
    const path = `/homes/${encodeURIComponent(locationId)}/searches`;
    const { standing_searches: searches, teams } = await request("GET", path);
    if (!searches) return;
    fill(
      place,
      `Your vacancies fit ${plural(searches, "search", "searches")} that `,
      `${plural(teams, "hospital team")} left standing.`,
    );
    place.hidden = false;
  } catch {
    // It was saved all the same.
  }
}
