// The update page: a carer says which beds there are, or that nothing has changed.

import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { fill, h } from "../../core/dom.js";
import { waitingOfOthers } from "./drafts.js";
import { openHomes } from "./home-list.js";
import { openHome } from "./update-home.js";

const wanted = new URLSearchParams(location.search).get("home");

openPage({ isFor: (me) => me.homes.length > 0, offline: true }, async (main, { me, signedIn }) => {
  const locationId = wanted || (me.homes.length === 1 && me.homes[0]);
  if (!locationId) {
    await openHomes(main, { me, signedIn });
  } else if (me.homes.includes(locationId)) {
    await openHome(main, { me, signedIn, locationId });
  } else {
    const why = h("p", null, "Your sign-in does not let you update this home.");
    fill(main, h("h1", null, "Not your home"), notice("error", "No access", why));
  }
  const others = waitingOfOthers(me);
  if (others.length)
    main.append(notice("warning", "Somebody else's change waits here", toldOf(others)));
});

function toldOf(homes) {
  const words = "It is sent when the person who made it signs in on this phone again:";
  return [
    h("p", null, words),
    h(
      "ul",
      null,
      homes.map((name) => h("li", null, name)),
    ),
  ];
}
