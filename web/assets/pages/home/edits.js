// What staff may edit of a home's page: its fields, what is wrong in them, and what they changed.

import { plural, pounds } from "../../text/format.js";

const FEES = /** @type {const} */ (["weekly_fee_from", "weekly_fee_to"]);
const FEE_LIMIT = 20000;
export const DESCRIPTION_LIMIT = 500;

/** @type {Record<keyof Api.ShopWindow, { id: string, name: string }>} */
export const FIELDS = {
  weekly_fee_from: { id: "weekly_fee_from", name: "Weekly fee from" },
  weekly_fee_to: { id: "weekly_fee_to", name: "Weekly fee up to" },
  vacancies_phone: { id: "vacancies_phone", name: "Phone number for vacancies" },
  website: { id: "website", name: "Website" },
  description: { id: "description", name: "About the home" },
};

/**
 * @typedef {Partial<Api.ShopWindow>} Edits as the API takes them: null removes something
 *
 * @typedef {object} Values what is in the fields
 * @property {string} weekly_fee_from
 * @property {string} weekly_fee_to
 * @property {string} vacancies_phone
 * @property {string} website
 * @property {string} description
 */

/**
 * List what is wrong with the fields, as far as it can be told without the API.
 * @param {Values} values
 * @returns {FieldError[]}
 */
export function errorsOf(values) {
  /** @type {FieldError[]} */
  const errors = [];
  /** @type {(field: keyof Api.ShopWindow, text: string) => unknown} */
  const add = (field, text) =>
    errors.push({ href: `#${FIELDS[field].id}`, text: `${FIELDS[field].name} must be ${text}` });
  for (const name of FEES) {
    const fee = feeOf(values[name]);
    if (values[name] && !(fee >= 1 && fee <= FEE_LIMIT))
      add(name, `an amount from £1 to ${pounds(FEE_LIMIT)}, such as 950 or 950.50`);
  }
  const [from, to] = FEES.map((name) => feeOf(values[name]));
  if (!errors.length && from > to) add("weekly_fee_to", `${pounds(from)} or more`);
  const excess = values.description.length - DESCRIPTION_LIMIT;
  if (excess > 0) {
    const limit = `${DESCRIPTION_LIMIT} characters or fewer`;
    add("description", `${limit}. Remove ${plural(excess, "character")}`);
  }
  return errors;
}

/**
 * Read an amount of pounds as people type it: "£1,200", "950.50", "£950 per week". Anything else is
 * NaN.
 * @param {string} text
 */
function feeOf(text) {
  const digits = text.replace(/(per|a|\/) ?week|p\/?w/i, "").replace(/[£,\s]/g, "");
  return /^\d+(\.\d{0,2})?$/.test(digits) ? Number(digits) : NaN;
}

/**
 * Write an amount as it stands in its field: "950", "950.50"; "" where there is none.
 * @param {number | null | undefined} amount
 */
export function feeText(amount) {
  if (amount == null) return "";
  return Number.isInteger(amount) ? String(amount) : amount.toFixed(2);
}

/**
 * Give what differs from the home.
 * @param {Api.ShopWindow} home
 * @param {Values} values
 * @returns {Edits}
 */
export function editsOf(home, values) {
  /** @type {Record<string, any>} */
  const edited = { ...values };
  for (const name of FEES) edited[name] = feeOf(values[name]) || null;
  const before = /** @type {Record<string, any>} */ (home);
  return Object.fromEntries(
    Object.entries(edited)
      .map(([name, value]) => [name, value === "" ? null : value])
      .filter(([name, value]) => !isSame(value, before[name])),
  );
}

/**
 * List the fields that someone else has changed too, and to something else.
 * @param {Edits} edits
 * @param {Api.ShopWindow} before the home as it was when the edits were begun
 * @param {Api.ShopWindow} current
 */
export function conflictsOf(edits, before, current) {
  const names = /** @type {(keyof Api.ShopWindow)[]} */ (Object.keys(edits));
  return names.filter(
    (name) => !isSame(current[name], before[name]) && !isSame(current[name], edits[name]),
  );
}

/**
 * Compare two values of a field; nothing, in whatever form, is the same as nothing.
 * @param {unknown} one
 * @param {unknown} other
 */
function isSame(one, other) {
  return (one || null) === (other || null);
}

/**
 * Write a value of a field; "none" where there is none.
 * @param {unknown} value
 */
export function valueInWords(value) {
  if (typeof value === "number") return feeText(value);
  return value == null ? "none" : String(value);
}
