// Amounts, numbers, names and addresses, made fit to be shown.

const CURRENCY = /** @type {const} */ ({ style: "currency", currency: "GBP" });
const POUNDS = new Intl.NumberFormat("en-GB", { ...CURRENCY, maximumFractionDigits: 0 });
const PENCE = new Intl.NumberFormat("en-GB", CURRENCY);

/**
 * Write an amount of pounds, with pence where there are some: "£1,200", "£950.50".
 * @param {number} amount
 */
export function pounds(amount) {
  return (Number.isInteger(amount) ? POUNDS : PENCE).format(amount);
}

/**
 * Write a home's fees: "£950 to £1,200 a week".
 * @param {{ weekly_fee_from?: number | null, weekly_fee_to?: number | null }} home
 */
export function feesInWords({ weekly_fee_from: from, weekly_fee_to: to }) {
  if (from && to && from !== to) return `${pounds(from)} to ${pounds(to)} a week`;
  if (from && to) return `${pounds(from)} a week`;
  if (from) return `From ${pounds(from)} a week`;
  if (to) return `Up to ${pounds(to)} a week`;
  return "No fees given. Phone the home to ask.";
}

/**
 * Make a link that a phone dials, with the number spaced; null where the text holds no number.
 * @param {string | null | undefined} text
 */
export function telephone(text) {
  const number = text && text.replace(/[^+0-9]/g, "");
  return text && number ? { text: spacedPhone(text), href: `tel:${number}` } : null;
}

/**
 * Space a phone number, which is easier to read out: "01632 960001".
 * @param {string} phone
 */
export function spacedPhone(phone) {
  return phone.replace(/^(0\d{4})(\d{5,6})$/, "$1 $2");
}

/**
 * Make a link to a website, and never to anything else. The register has some without their https.
 * @param {string | null | undefined} text
 */
export function website(text) {
  if (!text) return null;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    return /^https?:$/.test(url.protocol) ? { text, href: url.href } : null;
  } catch {
    return null;
  }
}

/**
 * Name a team by its slug: "Exeter discharge" for "exeter-discharge".
 * @param {string} slug
 */
export function teamName(slug) {
  return capitalised(slug.replace(/-/g, " "));
}

/** @param {string} text */
export function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {string} text */
export function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/**
 * Write a distance with a place: "Within 10 miles of EX2 5DW".
 * @param {number} miles
 * @param {string} place
 */
export function withinInWords(miles, place) {
  return `Within ${plural(miles, "mile")} of ${place}`;
}

/**
 * Write a number with its noun: "1 bed", "2 beds".
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * Join words: "a", "a and b", "a, b and c".
 * @param {readonly string[]} words
 */
export function listed(words) {
  return joined(words, "and");
}

/**
 * Join words of which one will do: "a", "a or b", "a, b or c".
 * @param {readonly string[]} words
 */
export function either(words) {
  return joined(words, "or");
}

/**
 * @param {readonly string[]} words
 * @param {string} last
 */
function joined(words, last) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
