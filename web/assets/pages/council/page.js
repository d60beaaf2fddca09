// The council's overview: who keeps their numbers fresh, and what all homes add up to.

import { request } from "../../core/api.js";
import { openPage } from "../../components/page.js";
import { showFailure } from "../../components/failure.js";
import { showOverview } from "./overview.js";

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  try {
    showOverview(main, await request("GET", "/homes"));
  } catch (error) {
    showFailure(main, error);
  }
});
