// The search page: a place and what is needed, then the homes near it that have such a bed.

import { openPage } from "../../components/page.js";
import { config } from "../../core/config.js";
import { signIn } from "../../core/sign-in.js";
import { search } from "./search.js";

openPage({}, async (main, { me }) => {
  const council = await config();
  if (!me && !council.search.public) return signIn();
  await search(main, { me, map: council.map });
});
