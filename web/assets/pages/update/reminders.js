// The members of one home's reminders: load them, let its staff change them, say what came of it.

import { addedInWords, memberForm, memberList } from "../../components/members.js";
import { ask } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { telling } from "../../components/status-message.js";

// Text messages and e-mail: whoever gets it opens the page from there.
const WAYS = ["email", "sms"];

// Throws what stands in the way of loading them.
export async function openReminders(place, { locationId, name }) {
  const path = `/homes/${encodeURIComponent(locationId)}/reminders`;
  const said = h("div", null);
  const members = h("div", null);
  const { say, fail } = telling(said);

  async function load() {
    const { members: found } = await ask("GET", path);
    fill(members, memberList(found, { removeMember }));
  }

  async function removeMember({ member_id, address }) {
    try {
      await ask("DELETE", `${path}/${member_id}`);
      await load();
    } catch (error) {
      return fail(error);
    }
    return say("good", "Member removed", [`${address} is reminded no more.`]);
  }

  async function addMember(body) {
    const member = await ask("POST", path, { body });
    await load();
    say(...addedInWords(member));
  }

  await load();
  fill(
    place,
    h(
      "p",
      null,
      `When the numbers of ${name} are older than a day, these people are told so at the times `,
      "that your council has set. The message leads straight to this page.",
    ),
    said,
    members,
    memberForm({
      ...{ onSend: addMember, onFail: fail, ways: WAYS },
      ...{ heading: "Add an address", add: "Add address", example: "manager@example.org" },
    }),
  );
}
