// Who of this home is reminded of old numbers: at the foot of its update, closed until it is wanted.

import { fill, h } from "../../core/dom.js";
import { SignInNeeded } from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { openReminders } from "./reminders.js";

export function remindUs({ location_id: locationId, name }) {
  const place = h("div", { class: "nhsuk-details__text" });
  let opened = false;
  const open = async (event) => {
    if (opened || !event.currentTarget.open) return;
    opened = true;
    fill(place, h("p", { role: "status" }, "Opening…"));
    try {
      await openReminders(place, { locationId, name });
    } catch (error) {
      if (error instanceof SignInNeeded) return signIn();
      opened = false;
      const why = "This could not be opened. Check your connection, then close and open it again.";
      fill(place, h("p", { role: "alert" }, why));
    }
    return undefined;
  };
  return h(
    "details",
    { class: "nhsuk-details", toggle: open },
    h(
      "summary",
      { class: "nhsuk-details__summary" },
      h("span", { class: "nhsuk-details__summary-text" }, "Remind us"),
    ),
    place,
  );
}
