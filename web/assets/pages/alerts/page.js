// The alerts page: a discharge team's alerts, and the members who get them.

import {
  addedInWords,
  invitedInWords,
  memberForm,
  memberList,
  protocolsOf,
} from "../../components/members.js";
import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { keyedSender, request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { teamName } from "../../text/format.js";
import { alertForm } from "./alert-form.js";
import { alertList } from "./alert-list.js";

const parameters = new URLSearchParams(location.search);

openPage({ isFor: (me) => me.teams.length > 0 }, async (main, { me }) => {
  const team = parameters.get("team") || (me.teams.length === 1 ? me.teams[0] : null);
  if (!team) {
    chooseTeam(main, me.teams);
  } else if (me.teams.includes(team)) {
    await openTeam(main, team, me.teams.length > 1);
  } else {
    const why = h("p", null, "Your account cannot see this team's alerts.");
    fill(main, h("h1", null, "You are not in this team"), notice("error", "No access", why));
  }
});

/**
 * List the teams. Each link keeps what the address says for a new alert.
 * @param {HTMLElement} main
 * @param {readonly string[]} teams
 */
function chooseTeam(main, teams) {
  const items = [...teams].sort().map((team) => {
    const search = new URLSearchParams(parameters);
    search.set("team", team);
    return h("li", { class: "card" }, h("a", { href: `/alerts.html?${search}` }, teamName(team)));
  });
  fill(
    main,
    h("h1", { class: "nhsuk-heading-l" }, "Choose a team"),
    h("ul", { class: "homes" }, items),
  );
}

/**
 * Show a team's alerts and members.
 * @param {HTMLElement} main
 * @param {string} team
 * @param {boolean} hasOthers whether the person is in other teams too
 */
async function openTeam(main, team, hasOthers) {
  const query = `?${new URLSearchParams({ team })}`;
  const alertsPlace = h("div", null);
  const membersPlace = h("div", null);
  const status = statusMessage();
  const send = keyedSender();

  async function load() {
    /** @type {[{ alerts: Api.Alert[], total: number }, { members: Api.Member[] }]} */
    const [{ alerts, total }, { members }] = await Promise.all([
      request("GET", `/alerts${query}`),
      request("GET", `/alerts/members${query}`),
    ]);
    const isReached = members.some(({ state }) => state === "confirmed");
    fill(alertsPlace, alertList(alerts, { onPause: pause, onRenew: renew, onDelete: deleteAlert }));
    fill(
      membersPlace,
      total > 0 && !isReached && noMemberConfirmed(),
      memberList(members, {
        ...{ removeMember, inviteAgain, enterCode, onFailure: status.showFailure },
      }),
    );
  }

  /**
   * Change something, load everything afresh, and say how it went.
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   * @param {string} heading
   * @param {string} [line]
   */
  async function change(method, path, body, heading, line) {
    try {
      await request(method, path + query, { body });
      await load();
    } catch (error) {
      return status.showFailure(error);
    }
    return status.show("success", heading, line);
  }

  /**
   * @param {Api.Alert} alert
   * @param {boolean} paused
   */
  const pause = ({ alert_id }, paused) =>
    paused
      ? change("PATCH", `/alerts/${alert_id}`, { paused }, "Alert paused", PAUSED)
      : change("PATCH", `/alerts/${alert_id}`, { paused }, "Alert started again", STARTED);

  /** @param {Api.Alert} alert */
  const renew = ({ alert_id }) =>
    change("PATCH", `/alerts/${alert_id}`, { renewed: true }, "Alert renewed", RENEWED);

  /** @param {Api.Alert} alert */
  const deleteAlert = ({ alert_id }) =>
    change("DELETE", `/alerts/${alert_id}`, null, "Alert deleted");

  /** @param {Api.Member} member */
  const removeMember = ({ member_id, address }) => {
    const line = `${address} gets no more messages.`;
    return change("DELETE", `/alerts/members/${member_id}`, null, "Member removed", line);
  };

  /** @param {Api.Member} member */
  async function inviteAgain({ member_id }) {
    try {
      const path = `/alerts/members/${member_id}/invitation`;
      const member = await request("POST", path, { body: { team } });
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
    const path = `/alerts/members/${member_id}/code`;
    const member = await request("POST", path, { body: { code, team } });
    await load();
    return status.show(...addedInWords(member));
  }

  /** @param {import("./alert-form.js").NewAlert} body */
  async function createAlert(body) {
    const { near } = await send("POST", "/alerts", { body: { ...body, team } });
    await load();
    const line = `Your team gets a message when a bed that fits becomes free near ${near}.`;
    status.show("success", "Alert created", line);
  }

  /** @param {{ protocol: string, address: string }} body */
  async function addMember(body) {
    const member = await request("POST", "/alerts/members", { body: { ...body, team } });
    await load();
    status.show(...addedInWords(member));
  }

  await load();
  fill(
    main,
    status.element,
    h("h1", { class: "nhsuk-heading-l nhsuk-u-margin-bottom-2" }, "Alerts"),
    h("p", null, "Team: ", h("strong", null, teamName(team))),
    hasOthers && h("p", null, h("a", { href: "/alerts.html" }, "Change team")),
    h("h2", { class: "nhsuk-heading-m" }, "Your team's alerts"),
    alertsPlace,
    alertForm({ parameters, onSubmit: createAlert, onFailure: status.showFailure }),
    h("h2", { class: "nhsuk-heading-m" }, "Who gets alerts"),
    membersPlace,
    memberForm({
      ...{ onSubmit: addMember, onFailure: status.showFailure },
      ...{ heading: "New member", add: "Add member", example: "ward.7@example.nhs.uk" },
      protocols: await protocolsOf(["email", "sms", "https", "sqs"]),
    }),
  );
}

const PAUSED = "Your team gets no messages about vacancies that open while it is paused.";
const RENEWED = "It sends messages for another 28 days.";
const STARTED = "Your team gets messages about vacancies that open from now on.";

function noMemberConfirmed() {
  return notice(
    "warning",
    "No one gets alerts yet",
    h("p", null, "Add a member below. They get alerts after they confirm their address."),
  );
}
