// Somebody else saved meanwhile: both, side by side, and the person decides.

import { compare } from "../../components/compare.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { admissionInWords, CATEGORIES, COUNTS } from "../../text/vocabulary.js";
import { when } from "../../text/dates.js";
import { edited, fieldsOf } from "./bed-counts.js";

// The edits as they are over what stands now: what is the same already is none.
export function relaid(current, edits) {
  let over = {};
  for (const [category, texts] of Object.entries(edits)) {
    for (const [name, text] of Object.entries(texts)) {
      over = edited(current, over, category, name, text);
    }
  }
  return over;
}

export function conflict(main, { current, edits, admission, onMine, onTheirs }) {
  const rows = Object.entries(edits).flatMap(([category, texts]) =>
    Object.entries(texts).map(([name, text]) => [
      `${CATEGORIES[category]}, ${COUNTS[name] || OTHER_FIELDS[name]}`,
      text || "none",
      fieldsOf(current, {}, category)[name] || "none",
    ]),
  );
  if (admission) {
    const theirs = admissionInWords(current.admission_status);
    rows.push(["Admissions", admissionInWords(admission), theirs]);
  }
  const question = compare({
    intro: `${current.name} was changed at ${when(current.confirmed_at)}. Which is right?`,
    mineText: "Save mine",
    ...{ rows, onMine, onTheirs },
  });
  fill(main, h("h1", { class: "nhsuk-heading-l" }, current.name), question);
  focusOn(question);
}

const OTHER_FIELDS = {
  available_from: "next bed free on",
  not_available_reason: "reason for not offering",
};
