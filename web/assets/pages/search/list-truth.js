// How often the whole list was right, as the council's calls found it: one sentence for everyone.

import { fill, h } from "../../core/dom.js";
import { publicTruthInWords } from "../../text/truth.js";

/**
 * Fill the place, or leave it empty where nothing is published; the search does without it.
 * @param {HTMLElement} place
 */
export async function showListTruth(place) {
  try {
    // Unlike other requests it may be answered by the browser's cache: it changes once a month.
    const response = await fetch("/api/truth/public");
    /** @type {Api.PublicTruth} */
    const { published } = await response.json();
    if (published) fill(place, h("p", { class: "nhsuk-hint" }, publicTruthInWords(published)));
  } catch {
    // It helps nobody to read that this sentence is missing.
  }
}
