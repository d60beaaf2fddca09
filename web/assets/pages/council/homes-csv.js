// The list of homes as rows of a file for a spreadsheet.

import { spacedPhone } from "../../text/format.js";
import { CATEGORIES, CLOSURE_REASONS } from "../../text/vocabulary.js";
import { beds, freeBeds } from "./home-filter.js";

const COLUMNS = [
  ["CQC location id", (home) => home.location_id],
  ["Name", (home) => home.name],
  ["Local authority", (home) => home.local_authority],
  ["Postcode", (home) => home.postcode],
  ["Phone", (home) => home.phone && spacedPhone(home.phone)],
  ["Up to date", (home) => home.freshness],
  ["Confirmed at (UTC)", (home) => home.confirmed_at && utc(home.confirmed_at)],
  ["Admissions", (home) => home.admission_status.status],
  ["Closed because", ({ admission_status: { reason } }) => CLOSURE_REASONS[reason] || reason],
  ["Expected to reopen", (home) => home.admission_status.expected_date],
  ["Beds", beds],
  ["Free beds", freeBeds],
  ...Object.entries(CATEGORIES).map(([category, name]) => [
    `Free: ${name}`,
    (home) => home.free[category] || 0,
  ]),
];

// The rows of the file, with a line of headings.
export function csvRows(homes) {
  const headings = COLUMNS.map(([name]) => name);
  return [headings, ...homes.map((home) => COLUMNS.map(([, value]) => value(home)))];
}

// "2026-11-22 09:30"
function utc(moment) {
  return moment.slice(0, 16).replace("T", " ");
}
