// The search page: a place and what is needed, then the homes near it that have such a bed.

import { ask } from "../api.js";
import { Refusal, SignInNeeded } from "../failures.js";
import { config } from "../config.js";
import { openPage } from "../page.js";
import { signIn } from "../sign-in.js";
import { search } from "./search.js";

openPage({}, async (main, { me }) => {
  if (!me && !(await publicMaySearch())) return signIn();
  await search(main, { me, map: (await config()).map });
});

// Whether the council lets everybody search: then only the place is missing from this.
async function publicMaySearch() {
  try {
    await ask("GET", "/vacancies", { anonymous: true });
  } catch (error) {
    if (error instanceof SignInNeeded) return false;
    if (!(error instanceof Refusal)) throw error;
  }
  return true;
}
