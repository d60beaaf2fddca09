// The council's overview: who keeps their numbers fresh, and what all homes add up to.

import { ask } from "../../core/api.js";
import { openPage, wentWrong } from "../../components/page.js";
import { showOverview } from "./overview.js";

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  try {
    showOverview(main, await ask("GET", "/homes"));
  } catch (error) {
    wentWrong(main, error);
  }
});
