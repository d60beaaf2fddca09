// The members of one home's reminders: load them, let its staff change them, say what came of it.

import { addedInWords, memberForm, memberList } from "../../components/members.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";

// Text messages and e-mail: whoever gets it opens the page from there.
const PROTOCOLS = ["email", "sms"];

// Throws what stands in the way of loading them.
export async function openReminders(place, { locationId, name }) {
  const path = `/homes/${encodeURIComponent(locationId)}/reminders`;
  const members = h("div", null);
  const status = statusMessage();

  async function load() {
    const { members: found } = await request("GET", path);
    fill(members, memberList(found, { removeMember }));
  }

  async function removeMember({ member_id, address }) {
    try {
      await request("DELETE", `${path}/${member_id}`);
      await load();
    } catch (error) {
      return status.showFailure(error);
    }
    return status.show("success", "Member removed", `${address} is reminded no more.`);
  }

  async function addMember(body) {
    const member = await request("POST", path, { body });
    await load();
    status.show(...addedInWords(member));
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
    status.element,
    members,
    memberForm({
      ...{ onSubmit: addMember, onFailure: status.showFailure, protocols: PROTOCOLS },
      ...{ heading: "Add an address", add: "Add address", example: "manager@example.org" },
    }),
  );
}
