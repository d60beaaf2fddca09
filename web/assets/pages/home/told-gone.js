// What teams were told of the beds that the home lists: that they are gone. Its staff are asked, and
// teams and the council see it.

import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { lowerFirst } from "../../text/format.js";
import { goneInWords, stillFreeInWords } from "../../text/outcomes.js";
import { CATEGORIES } from "../../text/vocabulary.js";

/**
 * Fill the place with what teams were told, if they were told anything.
 * @param {HTMLElement} place
 * @param {{ path: string, id: string, isStaff: boolean }} options `path` of the home
 */
export async function showToldGone(place, { path, id, isStaff }) {
  /** @type {Api.Dispute[]} */
  const disputes = (await request("GET", `${path}/disputes`)).disputes;
  if (!disputes.length) return;
  const href = `/update.html?${new URLSearchParams({ home: id })}`;
  fill(
    place,
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
  );
}

/** @param {Api.Dispute} dispute */
function statement({ category, gone }) {
  return `${CATEGORIES[category]}: ${lowerFirst(goneInWords(gone))}`;
}
