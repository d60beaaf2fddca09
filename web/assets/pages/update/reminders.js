// Who gets a home's reminders: loads them and lets the home's staff change them.

import {
  addedInWords,
  invitedInWords,
  memberForm,
  memberList,
  protocolsOf,
} from "../../components/members.js";
import { loadPostingLinks } from "../../components/posting-links.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";

/**
 * Only those that a person reads: the link in the message opens this page.
 * @type {Api.Protocol[]}
 */
const PROTOCOLS = ["email", "sms"];

/**
 * Show who gets the reminders of a home.
 *
 * Throws what keeps them from being loaded.
 * @param {HTMLElement} place
 * @param {{ locationId: string, name: string }} home
 */
export async function showReminders(place, { locationId, name }) {
  const path = `/homes/${encodeURIComponent(locationId)}/reminders`;
  const list = h("div", null);
  const status = statusMessage();

  async function load() {
    const { members } = await request("GET", path);
    const actions = { removeMember, inviteAgain, enterCode, onFailure: status.showFailure };
    fill(list, memberList(members, actions));
  }

  /** @param {Api.Member} member */
  async function removeMember({ member_id, address }) {
    try {
      await request("DELETE", `${path}/${member_id}`);
      await load();
    } catch (error) {
      return status.showFailure(error);
    }
    return status.show("success", "Member removed", `${address} gets no more reminders.`);
  }

  /** @param {Api.Member} member */
  async function inviteAgain({ member_id }) {
    try {
      const member = await request("POST", `${path}/${member_id}/invitation`, { body: {} });
      await load();
      return status.show(...invitedInWords(member));
    } catch (error) {
      return status.showFailure(error);
    }
  }

  /**
   * @param {Api.Member} member
   * @param {string} code
   */
  async function enterCode({ member_id }, code) {
    const member = await request("POST", `${path}/${member_id}/code`, { body: { code } });
    await load();
    return status.show(...addedInWords(member));
  }

  /** @param {{ protocol: string, address: string }} body */
  async function addMember(body) {
    const member = await request("POST", path, { body });
    await load();
    status.show(...addedInWords(member));
  }

  const links = h("div", null);

  async function showLinks() {
    fill(links, (await loadPostingLinks(locationId, status, showLinks)).content);
  }

  await Promise.all([load(), showLinks()]);
  fill(
    place,
    h(
      "p",
      null,
      `If the bed counts of ${name} are more than a day old, we send these people a reminder ` +
        "with a link that posts without signing in. Your council sets the times.",
    ),
    status.element,
    links,
    list,
    memberForm({
      ...{
        onSubmit: addMember,
        onFailure: status.showFailure,
        protocols: await protocolsOf(PROTOCOLS),
      },
      ...{ heading: "Add an address", add: "Add address", example: "manager@example.org" },
    }),
  );
}
