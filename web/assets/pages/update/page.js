// The update page: a carer posts the home's bed counts, or confirms that nothing has changed.

import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { fill, h } from "../../core/dom.js";
import { sendAnswers } from "./ask-after.js";
import { homesWithUnsentOfOthers, readUnsent, unsignedChanges } from "./drafts.js";
import { showHomes } from "./home-list.js";
import { listOf } from "./save-messages.js";
import { unsignedNotice } from "./unsigned.js";
import { showHome } from "./update-home.js";

const homeInAddress = new URLSearchParams(location.search).get("home");

openPage({ isFor: (me) => me.homes.length > 0, offline: true }, async (main, { me, signedIn }) => {
  const locationId = homeInAddress || (me.homes.length === 1 && me.homes[0]);
  const sends = Boolean(locationId && signedIn && readUnsent(me, locationId));
  const odd = locationId && signedIn && (await sendAnswers(me, locationId));
  if (!locationId) {
    await showHomes(main, { me, signedIn });
  } else if (me.homes.includes(locationId)) {
    await showHome(main, { me, signedIn, locationId });
  } else {
    const why = "Your account does not have access to this home. If you need it, ask your council.";
    fill(main, h("h1", null, "Update vacancies"), notice("error", "No access", h("p", null, why)));
  }
  if (odd) main.append(odd);
  // Signed in, the home itself shows what was entered for it, unless it sends something first.
  const unsigned = unsignedChanges(me).filter(
    (each) => each.location_id !== locationId || !signedIn || sends,
  );
  if (unsigned.length) main.append(unsignedNotice(unsigned, signedIn));
  const homes = signedIn ? homesWithUnsentOfOthers(me) : [];
  if (homes.length) {
    const text = "We will send it when that person signs in on this phone. It is for:";
    const heading = "Someone else's change is not sent yet";
    main.append(notice("warning", heading, h("p", null, text), listOf(homes)));
  }
});
