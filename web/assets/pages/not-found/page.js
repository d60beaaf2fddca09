// The page for addresses that do not exist. Its text needs no script; this adds the frame.

import { openPage } from "../../components/page.js";

openPage({}, async () => {});
