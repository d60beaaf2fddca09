// What is wrong with a search, in words, at the field that it is about.

import { value } from "./search-query.js";

const PLACE = "a postcode, such as EX2 5DW, or its first half, such as EX2";

// `errors` are the API's: {field, detail}. Without any, the place is missing.
export function problemsOf(asked, errors) {
  if (!value(asked, "near")) return [{ href: "#near", text: `Enter ${PLACE}` }];
  return errors.map(({ field, detail }) => {
    const said = WORDS[field];
    return { href: said && `#${field}`, text: said ? said(asked) : `${field}: ${detail}` };
  });
}

const WORDS = {
  near: (asked) =>
    `“${value(asked, "near")}” is not a place in Great Britain that we know. Enter ${PLACE}`,
  radius_miles: () => "How far to look is above 0 and at most 100 miles",
  beds: () => "The number of beds is a whole number, 1 or more",
  min_rating: () => "Choose a rating from the list",
  max_age_hours: () => "Choose from the list how lately a home must have confirmed its beds",
  available_by: () => "The day a bed is needed by is between today and a year ahead",
  sort: () => "Choose from the list what comes first",
};
