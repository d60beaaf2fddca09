// The page for addresses that there are not: it says so without a script; this adds the way back.

import { openPage } from "./page.js";

openPage({}, async () => {});
