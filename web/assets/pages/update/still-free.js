// The question to a home of which teams were told that a bed has gone. It loads only where it is asked.

import { notice } from "../../components/notice.js";
import { h } from "../../core/dom.js";
import { stillFreeInWords } from "../../text/outcomes.js";

/**
 * Make the question; the post that follows answers it.
 * @param {readonly Api.Dispute[]} told
 */
export function stillFree(told) {
  return notice(
    "warning",
    "Still free, or gone?",
    told.map((each) => h("p", null, stillFreeInWords(each))),
    h(
      "p",
      null,
      "If it is still free, tap Nothing has changed. If it has gone, change the number and save.",
    ),
  );
}
