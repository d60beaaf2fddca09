// What teams say of the home: that they were told a bed has gone, of which its staff are asked, and how it
// answered their last requests. Its staff, teams and the council see it.

import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { lowerFirst } from "../../text/format.js";
import { goneInWords, stillFreeInWords } from "../../text/outcomes.js";
import { requestsInWords } from "../../text/requests.js";
import { CATEGORIES } from "../../text/vocabulary.js";

/**
 * Fill the place with what teams say, if they said anything.
 * @param {HTMLElement} place
 * @param {{ path: string, id: string, isStaff: boolean }} options `path` of the home
 */
export async function showToldGone(place, { path, id, isStaff }) {
  /** @type {{ disputes: Api.Dispute[], requests: Api.Requests[] }} */
  const { disputes, requests } = await request("GET", `${path}/disputes`);
  const href = `/update.html?${new URLSearchParams({ home: id })}`;
  fill(
    place,
    disputes.length > 0 &&
      notice(
        "warning",
        isStaff ? "Still free, or gone?" : "A team was told that a bed has gone",
        disputes.map((each) => h("p", null, isStaff ? stillFreeInWords(each) : statement(each))),
        isStaff &&
          h(
            "p",
            null,
            "If it is still free, confirm your vacancies; if it has gone, change them. Teams see your answer at once. ",
            h("a", { href }, "Update vacancies"),
          ),
      ),
    requests.length > 0 && [
      h("h2", null, "The last requests, as teams said"),
      h(
        "ul",
        null,
        requests.map((each) => h("li", null, requestsInWords(each))),
      ),
      isStaff &&
        h("p", { class: "nhsuk-hint" }, "Teams see this when they search. The public does not."),
    ],
  );
}

/** @param {Api.Dispute} dispute */
function statement({ category, gone }) {
  return `${CATEGORIES[category]}: ${lowerFirst(goneInWords(gone))}`;
}
