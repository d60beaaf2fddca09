// Which homes the list shows, in which order, and what their file says. Needs no browser.

import { spacedPhone } from "../../text/format.js";
import { CATEGORIES, CLOSURE_REASONS, HOME_LIKELIHOODS } from "../../text/vocabulary.js";

/**
 * What the list is filtered and sorted by. All of it is in the page's address.
 * @typedef {object} HomesQuery
 * @property {string} q words of the name, place or id
 * @property {string} chance a home's likelihood, or "unsure" for uncertain and phone first
 * @property {string} authority
 * @property {string} status
 * @property {string} placing "stopped" for homes with a mark, "not placing here"; "yes" for others
 * @property {string} sort such as "name", or "-name" for the largest first
 *
 * @typedef {Api.OverviewHome} Home
 * @typedef {(a: Home, b: Home) => number} Order
 */

/** @type {Readonly<HomesQuery>} */
const DEFAULTS = {
  q: "",
  chance: "",
  authority: "",
  status: "",
  placing: "",
  sort: "-worth",
};
const NAMES = /** @type {(keyof HomesQuery)[]} */ (Object.keys(DEFAULTS));

const COLLATOR = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

/** @type {Order} */
const byName = (a, b) => COLLATOR.compare(a.name, b.name);

const LIKELIHOODS = Object.keys(HOME_LIKELIHOODS);

/** @type {Record<string, Order>} */
const ORDERS = {
  worth: (a, b) => a.reminder_value - b.reminder_value,
  chance: (a, b) => LIKELIHOODS.indexOf(b.likelihood) - LIKELIHOODS.indexOf(a.likelihood),
  name: byName,
  authority: (a, b) => COLLATOR.compare(a.local_authority, b.local_authority),
  said: (a, b) => lastWord(a) - lastWord(b),
  status: (a, b) => COLLATOR.compare(a.admission_status.status, b.admission_status.status),
  vacancies: (a, b) => vacanciesOf(a) - vacanciesOf(b),
};

/**
 * Give when the home said the count that it said longest ago; undefined where it never posted.
 * @param {Home} home
 */
export function oldestSaid({ said_at: saidAt = {} }) {
  return Object.values(saidAt).sort()[0];
}

/** @param {Home} home */
function lastWord(home) {
  return Date.parse(oldestSaid(home) || "") || 0;
}

/** @param {Home} home */
export function leastLikely({ listings }) {
  return [...listings].sort((a, b) => a.chance - b.chance)[0];
}

/** @param {Home} home */
export function vacanciesOf({ free }) {
  return total(free);
}

/** @param {Home} home */
export function bedsOf({ capacity }) {
  return total(capacity);
}

/**
 * Add up the beds of every category.
 * @param {Api.ByCategory} counts
 */
export function total(counts) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/**
 * Write a share: "44%" for 132 of 300. Only none is 0%, and only all is 100%.
 * @param {number} part
 * @param {number} whole
 */
export function percentage(part, whole) {
  if (!part || !whole) return "0%";
  if (part === whole) return "100%";
  return `${Math.min(99, Math.max(1, Math.round((100 * part) / whole)))}%`;
}

/**
 * Read the query in an address. An order that does not exist is the usual one.
 * @param {string} search such as "?q=ash"
 * @returns {HomesQuery}
 */
export function parseQuery(search) {
  const parameters = new URLSearchParams(search);
  const query = { ...DEFAULTS };
  for (const name of NAMES) query[name] = parameters.get(name) || DEFAULTS[name];
  if (!Object.keys(ORDERS).includes(query.sort.replace(/^-/, ""))) query.sort = DEFAULTS.sort;
  return query;
}

/**
 * Write the address of the page with a query.
 * @param {Partial<HomesQuery>} query
 */
export function addressOf(query) {
  const parameters = new URLSearchParams();
  for (const name of NAMES) {
    const value = query[name];
    if (value && value !== DEFAULTS[name]) parameters.set(name, value);
  }
  const text = String(parameters);
  return text ? `/council.html?${text}` : "/council.html";
}

/**
 * Say whether a query leaves out any homes that could be there.
 * @param {HomesQuery} query
 */
export function hasFilters({ q, chance, authority, status, placing }) {
  return Boolean(q || chance || authority || status || placing);
}

/**
 * Give the query for all homes, in the same order.
 * @param {HomesQuery} query
 * @returns {HomesQuery}
 */
export function withoutFilters({ sort }) {
  return { ...DEFAULTS, sort };
}

/**
 * Give the homes that fit a query, in its order.
 * @param {readonly Home[]} homes
 * @param {HomesQuery} query
 */
export function selectHomes(homes, { q, chance, authority, status, placing, sort }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (/** @type {Home} */ home) =>
    (!chance || hasChance(home, chance)) &&
    (!authority || home.local_authority === authority) &&
    (!status || home.admission_status.status === status) &&
    (!placing || (placing === "stopped") === Boolean(home.placing_stop)) &&
    words.every(
      (word) => searchText(home).includes(word) || word === home.location_id.toLowerCase(),
    );
  const direction = sort.startsWith("-") ? -1 : 1;
  const order = ORDERS[sort.replace(/^-/, "")];
  return homes.filter(fits).sort((a, b) => direction * order(a, b) || byName(a, b));
}

/**
 * @param {Home} home
 * @param {string} chance
 */
function hasChance({ likelihood }, chance) {
  return chance === "unsure" ? isUnsure(likelihood) : likelihood === chance;
}

/** @param {Api.HomeLikelihood} likelihood */
export function isUnsure(likelihood) {
  return likelihood === "uncertain" || likelihood === "phone_first";
}

/** @param {Home} home */
function searchText({ name, postcode, local_authority: authority }) {
  return `${name} ${postcode} ${postcode.replace(" ", "")} ${authority}`.toLowerCase();
}

/** @typedef {import("../../components/csv.js").Cell} Cell */

/** @typedef {[heading: string, value: (home: Home) => Cell]} CsvColumn */

/** @type {readonly CsvColumn[]} */
const CSV_COLUMNS = [
  ["CQC location ID", (home) => home.location_id],
  ["Name", (home) => home.name],
  ["Local authority", (home) => home.local_authority],
  ["Postcode", (home) => home.postcode],
  ["Phone", (home) => home.phone && spacedPhone(home.phone)],
  ["Chance of a free bed", (home) => HOME_LIKELIHOODS[home.likelihood]],
  ["Searches nearby", (home) => home.searches],
  ["Worth of a reminder", (home) => home.reminder_value],
  ["Reminded today at (UTC)", (home) => home.reminded_at && utc(home.reminded_at)],
  ["Confirmed at (UTC)", (home) => home.confirmed_at && utc(home.confirmed_at)],
  ["Admissions", (home) => home.admission_status.status],
  [
    "Reason for closing",
    ({ admission_status: { reason } }) => reason && (CLOSURE_REASONS[reason] || reason),
  ],
  ["Expected to reopen", (home) => home.admission_status.expected_date],
  ["Not placing since", (home) => dayOfMark(home, "since")],
  ["Not placing until", (home) => dayOfMark(home, "until")],
  ["Beds", bedsOf],
  ["Vacancies", vacanciesOf],
  ...Object.entries(CATEGORIES).flatMap(categoryColumns),
];

/**
 * Give a day of the council's mark, and say so where the marks did not load.
 * @param {Home} home
 * @param {"since" | "until"} which
 */
function dayOfMark({ placing_stop: stop }, which) {
  return stop === null ? "not known" : stop && stop[which];
}

/**
 * @param {[category: string, name: string]} entry
 * @returns {CsvColumn[]}
 */
function categoryColumns([key, name]) {
  const category = /** @type {Api.BedCategory} */ (key);
  const chance = (/** @type {Home} */ { listings }) =>
    listings.find((each) => each.chance_basis.category === category)?.chance;
  return [
    [`Vacancies: ${name}`, ({ free }) => free[category] || 0],
    [`Said at (UTC): ${name}`, ({ said_at: at }) => at?.[category] && utc(at[category])],
    [`Chance: ${name}`, chance],
  ];
}

/**
 * Give the rows of the homes' file, after a row of headings.
 * @param {readonly Home[]} homes
 * @returns {Cell[][]}
 */
export function csvRows(homes) {
  const headings = CSV_COLUMNS.map(([heading]) => heading);
  return [headings, ...homes.map((home) => CSV_COLUMNS.map(([, value]) => value(home)))];
}

/**
 * Write a moment for a spreadsheet: "2026-11-22 09:30".
 * @param {string} moment
 */
function utc(moment) {
  return moment.slice(0, 16).replace("T", " ");
}
