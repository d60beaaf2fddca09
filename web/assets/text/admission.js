// Whether a home admits people, in words.

import { dayInWords } from "./dates.js";
import { lowerFirst } from "./format.js";
import { CLOSURE_REASONS } from "./vocabulary.js";

/**
 * Write a status: "Closed to admissions: outbreak of infection, until about 1 December 2026".
 * @param {Api.AdmissionStatus} admissionStatus
 */
export function admissionInWords({ status, reason, expected_date }) {
  if (status === "open") return "Open to admissions";
  const why = lowerFirst((reason && CLOSURE_REASONS[reason]) || "");
  const until = expected_date ? `, until about ${dayInWords(expected_date)}` : "";
  return `Closed to admissions: ${why}${until}`;
}
