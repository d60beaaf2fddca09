// What homes and the register say, made fit to be shown: fees, telephone numbers, addresses.

const POUNDS = new Intl.NumberFormat("en-GB", {
  style: "currency",
  currency: "GBP",
  maximumFractionDigits: 0,
});

export function feesInWords({ weekly_fee_from: from, weekly_fee_to: to }) {
  if (from && to && from !== to) return `${pounds(from)} to ${pounds(to)} a week`;
  if (from && to) return `${pounds(from)} a week`;
  if (from) return `From ${pounds(from)} a week`;
  if (to) return `Up to ${pounds(to)} a week`;
  return "The home has not said. Ask by phone.";
}

export function pounds(amount) {
  return POUNDS.format(amount);
}

// A link that a telephone dials, or null.
export function telephone(text) {
  const number = text && text.replace(/[^+0-9]/g, "");
  return number ? { text, href: `tel:${number}` } : null;
}

// A link to a website, never to anything else: the register has some without their https.
export function website(text) {
  if (!text) return null;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    return /^https?:$/.test(url.protocol) ? { text, href: url.href } : null;
  } catch {
    return null;
  }
}
