// Keeps in this tab what the last search asked for the person, for the next search from the form.

const NAME = "bedboard.needs";
const KEPT = ["need", "would_like", "funding"];

/** @param {URLSearchParams} query */
export function keepNeeds(query) {
  const kept = KEPT.flatMap((name) => query.getAll(name).map((value) => [name, value]));
  try {
    sessionStorage.setItem(NAME, String(new URLSearchParams(kept)));
  } catch {
    // Then the next search starts without them.
  }
}

/** Give the needs of the last search of this tab, as a query. */
export function lastNeeds() {
  try {
    return new URLSearchParams(sessionStorage.getItem(NAME) || "");
  } catch {
    return new URLSearchParams();
  }
}
