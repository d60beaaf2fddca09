// Whether a home admits people, in words.

import { dayInWords } from "./dates.js";
import { CLOSURE_REASONS } from "./vocabulary.js";

// "Closed to admissions: outbreak of infection, until about 1 December 2026"
export function admissionInWords({ status, reason, expected_date }) {
  if (status === "open") return "Open to admissions";
  const why = CLOSURE_REASONS[reason] || "";
  const until = expected_date ? `, until about ${dayInWords(expected_date)}` : "";
  return `Closed to admissions: ${why.charAt(0).toLowerCase()}${why.slice(1)}${until}`;
}
