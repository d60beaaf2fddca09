// The council's mark on a home, "not placing here", as a tag and in words.

import { h } from "../core/dom.js";
import { dayInWords, dayOf } from "../text/dates.js";

/** Say that the marks did not load, so that nobody takes a home for one without. */
export function notLoaded() {
  const text = "Which homes the council is not placing at did not load.";
  return h("p", { class: "placing-stops__missing", role: "status" }, text);
}

/**
 * Make the mark of a home, with its days; none where there is none.
 * @param {Api.PlacingStop | null | undefined} stop
 */
export function placingTag(stop) {
  return (
    stop &&
    h(
      "p",
      { class: "placing-stop" },
      h("strong", { class: "nhsuk-tag nhsuk-tag--orange" }, "Not placing here"),
      ` ${daysInWords(stop)}`,
    )
  );
}

/**
 * Write from when until when: "since 3 November until 1 December".
 * @param {Pick<Api.PlacingStop, "since" | "until">} stop
 */
export function daysInWords({ since, until }) {
  const from = `${since > dayOf(new Date().toISOString()) ? "from" : "since"} ${dayInWords(since)}`;
  return until ? `${from} until ${dayInWords(until)}` : from;
}
