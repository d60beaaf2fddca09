// The list of homes as a file for a spreadsheet: RFC 4180, in UTF-8 with the mark Excel looks for.

import { CATEGORIES, CLOSURE_REASONS } from "../../text/vocabulary.js";
import { spaced } from "./homes-table.js";
import { beds, freeBeds } from "./home-filter.js";

const COLUMNS = [
  ["CQC location id", (home) => home.location_id],
  ["Name", (home) => home.name],
  ["Local authority", (home) => home.local_authority],
  ["Postcode", (home) => home.postcode],
  ["Phone", (home) => home.phone && spaced(home.phone)],
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

export function csvOf(homes) {
  const rows = homes.map((home) => COLUMNS.map(([, value]) => value(home)));
  const lines = [COLUMNS.map(([name]) => name), ...rows].map((row) => row.map(cell).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

// What a spreadsheet would take for a formula begins with an apostrophe, and so is only text.
function cell(value) {
  let text = value == null ? "" : String(value);
  if (/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text)) text = `'${text}`;
  return /[",\r\n\t']/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

// "2026-11-22 09:30"
function utc(moment) {
  return moment.slice(0, 16).replace("T", " ");
}
