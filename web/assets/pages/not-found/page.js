// The page for addresses that there are not: it says so without a script; this adds the way back.

import { openPage } from "../../components/page.js";

openPage({}, async () => {});
