// What teams looked for near a home that it has not said, or says no to: for its staff and the council.

import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { periodInWords, wantedInWords } from "../../text/demand.js";
import { plural } from "../../text/format.js";

/**
 * Fill the place, or leave it empty where nothing was looked for.
 * @param {HTMLElement} place
 * @param {string} path of the home
 * @param {boolean} isStaff whether it is for those who can answer
 */
export async function showDemand(place, path, isStaff) {
  try {
    fill(place, wanted(await request("GET", `${path}/demand`), isStaff));
  } catch {
    fill(place, h("p", null, "What teams looked for near this home did not load."));
  }
}

/**
 * @param {Api.HomeDemand} demand
 * @param {boolean} isStaff
 */
function wanted({ period, wanted: needs }, isStaff) {
  if (!period || !needs.length) return null;
  return h(
    "section",
    { "aria-labelledby": "wanted" },
    h(
      "h2",
      { class: "nhsuk-heading-m", id: "wanted" },
      `What teams looked for near ${isStaff ? "you" : "this home"}`,
    ),
    h(
      "p",
      null,
      `In ${periodInWords(period)}, teams looked near ${isStaff ? "you" : "this home"} for what `,
      isStaff ? "you have not said that you take:" : "it has not said that it takes:",
    ),
    h(
      "ul",
      { class: "nhsuk-list nhsuk-list--bullet" },
      needs.map(({ need, at_least: count, said }) =>
        h(
          "li",
          null,
          `${wantedInWords(need)}: at least ${plural(count, "search", "searches")}`,
          said === "no" && (isStaff ? ". You say no to this" : ". The home says no to this"),
        ),
      ),
    ),
  );
}
