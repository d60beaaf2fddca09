// Which homes are shown and in which order: the whole of it is in the page's address.

const USUAL = { q: "", freshness: "", authority: "", status: "", sort: "confirmed" };

const COLLATOR = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

const byName = (a, b) => COLLATOR.compare(a.name, b.name);

// Each as the column's button sorts at first: who has waited longest, who has most free.
const ORDERS = {
  name: byName,
  authority: (a, b) => COLLATOR.compare(a.local_authority, b.local_authority),
  confirmed: (a, b) => moment(a) - moment(b),
  status: (a, b) => COLLATOR.compare(a.admission_status.status, b.admission_status.status),
  free: (a, b) => freeBeds(a) - freeBeds(b),
};

function moment({ confirmed_at: at }) {
  return at ? Date.parse(at) : 0;
}

export function freeBeds({ free }) {
  return sum(free);
}

export function beds({ capacity }) {
  return sum(capacity);
}

export function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

// What an address asks for; whatever is not known is as usual.
export function wantedOf(search) {
  const given = new URLSearchParams(search);
  const wanted = {};
  for (const name of Object.keys(USUAL)) wanted[name] = given.get(name) || USUAL[name];
  if (!Object.keys(ORDERS).includes(wanted.sort.replace(/^-/, ""))) wanted.sort = USUAL.sort;
  return wanted;
}

export function hrefOf(wanted) {
  const query = new URLSearchParams();
  for (const [name, usual] of Object.entries(USUAL)) {
    if (wanted[name] && wanted[name] !== usual) query.set(name, wanted[name]);
  }
  const asked = String(query);
  return asked ? `/council.html?${asked}` : "/council.html";
}

// Whether anything is left out.
export function isNarrowed({ q, freshness, authority, status }) {
  return Boolean(q || freshness || authority || status);
}

export function everything({ sort }) {
  return { ...USUAL, sort };
}

// Those of the homes that are wanted, in the order wanted.
export function chosen(homes, { q, freshness, authority, status, sort }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (home) =>
    (!freshness || fresh(home, freshness)) &&
    (!authority || home.local_authority === authority) &&
    (!status || home.admission_status.status === status) &&
    words.every((word) => textOf(home).includes(word) || word === home.location_id.toLowerCase());
  const down = sort.startsWith("-") ? -1 : 1;
  const order = ORDERS[sort.replace(/^-/, "")];
  return homes.filter(fits).sort((a, b) => down * order(a, b) || byName(a, b));
}

function fresh(home, wanted) {
  return wanted === "due" ? home.freshness !== "fresh" : home.freshness === wanted;
}

function textOf({ name, postcode, local_authority: authority }) {
  return `${name} ${postcode} ${postcode.replace(" ", "")} ${authority}`.toLowerCase();
}
