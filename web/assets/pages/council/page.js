// The council's overview: who keeps their numbers fresh, and what all homes add up to.

import { openPage, showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { showOverview } from "./overview.js";

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  try {
    showOverview(main, await request("GET", "/homes"));
  } catch (error) {
    showFailure(main, error);
  }
});
