// The council's homes to choose from by name: what is typed is a name from the list, or an id.

import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { SignInNeeded } from "../../core/failures.js";

export const HOMES_LIST = "known-homes";

// Answers the list for fields to name, and `idOf(text)`: null where it names no home.
export function homeList() {
  const element = h("datalist", { id: HOMES_LIST });
  const ids = new Map();
  load().catch((error) => {
    // Without the names an id still does; whoever has to sign in is told by the page itself.
    if (!(error instanceof SignInNeeded)) ids.clear();
  });

  async function load() {
    const { homes } = await request("GET", "/homes");
    for (const { name, location_id } of homes) ids.set(shown(name, location_id), location_id);
    fill(
      element,
      Array.from(ids.keys(), (value) => h("option", { value })),
    );
  }

  return {
    element,
    idOf(text) {
      if (ids.has(text)) return ids.get(text);
      const [, inside] = /\(([^()]+)\)$/.exec(text) || [];
      const id = (inside || text).toUpperCase();
      return /^(1-[0-9]{5,12}|[A-Z0-9]{4,12})$/.test(id) ? id : null;
    },
  };
}

function shown(name, id) {
  return `${name} (${id})`;
}
