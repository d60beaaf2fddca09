// The key of an authenticator app in text. Needs no browser.

/**
 * @typedef {object} AppKey
 * @property {string} secret in base 32
 * @property {string} email of the account
 * @property {string} council that the account belongs to
 */

/**
 * Write the address that authenticator apps open, and that their QR code holds.
 * @param {AppKey} key
 */
export function linkOf({ secret, email, council }) {
  // A colon would end the name.
  const issuer = `Bedboard ${council.replace(/:/g, " ")}`;
  const query = `secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(email)}?${query}`;
}

/**
 * Write a key so that people can type it: in groups of four.
 * @param {string} secret
 */
export function inGroups(secret) {
  return (secret.match(/.{1,4}/g) || []).join(" ");
}

/**
 * Read a code of six digits, typed with or without spaces; null where it is none.
 * @param {string} text
 */
export function codeIn(text) {
  const digits = text.replace(/[\s\u200b-\u200f-]/g, "");
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

/**
 * Say what waits for the second step.
 * @param {SecondStepFor} requiredFor
 */
export function needInWords(requiredFor) {
  return requiredFor === "council"
    ? "Set up your second step to use council pages"
    : "Set up your second step to use Bedboard";
}
