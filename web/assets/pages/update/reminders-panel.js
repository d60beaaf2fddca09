// Who of this home is reminded of old numbers: at the foot of its update, closed until it is wanted.

import { details } from "../../components/details.js";
import { fill, h } from "../../core/dom.js";
import { SignInNeeded } from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";

export function remindUs({ location_id: locationId, name }) {
  const place = h("div", null);
  let opened = false;
  const open = async (event) => {
    if (opened || !event.currentTarget.open) return;
    opened = true;
    fill(place, h("p", { role: "status" }, "Opening…"));
    try {
      // Loaded only where it is opened: a phone on a bad line has no need of it.
      const { openReminders } = await import("./reminders.js");
      await openReminders(place, { locationId, name });
    } catch (error) {
      if (error instanceof SignInNeeded) return signIn();
      opened = false;
      const why = "This could not be opened. Check your connection, then close and open it again.";
      fill(place, h("p", { role: "alert" }, why));
    }
    return undefined;
  };
  return details("Remind us", place, { onToggle: open });
}
