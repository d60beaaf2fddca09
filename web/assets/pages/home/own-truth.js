// How often the home's listings were right, as calls found it: for its staff and the council alone.

import { details } from "../../components/details.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { ownTruthInWords } from "./own-truth-words.js";

/**
 * Make what asks for the rates when someone opens it: few do, and the API reads a year for it.
 * @param {string} path of the home
 * @param {boolean} isStaff
 */
export function ownTruth(path, isStaff) {
  const place = h("div", null);
  let isAsked = false;

  async function open() {
    if (isAsked) return;
    isAsked = true;
    fill(place, h("p", { role: "status" }, "Loading…"));
    try {
      /** @type {Api.HomeTruth} */
      const truth = await request("GET", `${path}/truth`);
      fill(
        place,
        ownTruthInWords(truth).map((each) => h("p", null, each)),
        h(
          "p",
          null,
          `Only ${isStaff ? "your home’s staff" : "the home’s staff"} and the council see this.`,
        ),
      );
    } catch {
      isAsked = false;
      fill(place, h("p", { role: "alert" }, "This did not load. Close it and open it again."));
    }
  }

  const summary = `How often ${isStaff ? "your" : "this home’s"} listings were right`;
  return details(summary, place, { onToggle: open });
}
