// The words that people read for the values that the API knows.

import { dayInWords, dayOf } from "./dates.js";
import { lowerFirst } from "./format.js";

/** @type {Record<string, string>} */
export const CATEGORIES = {
  general_residential: "General residential",
  dementia_residential: "Dementia residential",
  general_nursing: "General nursing",
  dementia_nursing: "Dementia nursing",
  learning_disability_residential: "Learning disability residential",
  learning_disability_nursing: "Learning disability nursing",
  mental_health_residential: "Mental health residential",
  mental_health_nursing: "Mental health nursing",
  young_physically_disabled: "Young physically disabled",
  transitional: "Transitional",
};

/** @type {Record<string, string>} */
export const CATEGORY_HINTS = {
  transitional: "Discharge to assess, reablement, respite",
};

/** @type {Record<string, string>} Whom the vacancies of a category suit. */
export const SUITS = {
  any: "Anyone",
  woman: "A woman only",
  man: "A man only",
  couple: "A couple",
};

/** @type {Record<string, string>} */
export const COUNTS = {
  accepting: "accepting",
  reserved: "reserved",
  not_available: "not offered",
  maximum_capacity: "beds in total",
  occupied: "occupied",
};

/** @type {Record<string, string>} */
export const CLOSURE_REASONS = {
  outbreak: "Outbreak of infection",
  staffing: "Not enough staff",
  refurbishment: "Refurbishment",
  regulatory: "Instruction from a regulator or council",
  other: "Another reason",
};

/** @type {Record<string, string>} */
export const NOT_AVAILABLE_REASONS = {
  staffing: "Not enough staff",
  infection_control: "Infection control",
  refurbishment: "Refurbishment",
  shared_room: "Place in a shared room",
  funding: "Funding",
  other: "Another reason",
  not_stated: "Not stated",
};

export const RATINGS = ["Inadequate", "Requires improvement", "Good", "Outstanding"];

/** The distances to choose from, in miles. The API takes any up to 100. */
export const DISTANCES = [1, 2, 5, 10, 15, 25, 50, 100];

export const SERVICE_USER_BANDS = [
  "Children 0-18 years",
  "Dementia",
  "Learning disabilities or autistic spectrum disorder",
  "Mental Health",
  "Older People",
  "People detained under the Mental Health Act",
  "People who misuse drugs and alcohol",
  "People with an eating disorder",
  "Physical Disability",
  "Sensory Impairment",
  "Whole Population",
  "Younger Adults",
];

/**
 * Write the least rating that will do: "Good or better".
 * @param {string} rating
 */
export function minRatingInWords(rating) {
  return rating === "Outstanding" ? rating : `${rating} or better`;
}

/**
 * Write a status: "Closed to admissions: outbreak of infection, until about 1 December 2026".
 * @param {Api.AdmissionStatus} admissionStatus
 * @param {string} [today] a reopening before this day has passed
 */
export function admissionInWords(
  { status, reason, expected_date: day },
  today = dayOf(new Date()),
) {
  if (status === "open") return "Open to admissions";
  const why = lowerFirst((reason && CLOSURE_REASONS[reason]) || "");
  let until = "";
  if (day && day >= today) until = `, until about ${dayInWords(day)}`;
  else if (day)
    until = `. It expected to reopen on ${dayInWords(day)}, and has not said that it did`;
  return `Closed to admissions: ${why}${until}`;
}

/** @type {Record<Api.Likelihood, string>} */
export const LIKELIHOODS = {
  very_likely: "Very likely",
  likely: "Likely",
  uncertain: "Uncertain",
  phone_first: "Phone first",
};

/** @type {Record<Api.HomeLikelihood, string>} */
export const HOME_LIKELIHOODS = {
  ...LIKELIHOODS,
  no_beds: "Lists no bed",
  never: "Never posted", // only a council tells these from those that list none
};
