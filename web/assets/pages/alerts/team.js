// One team's alerts and members: load them, let the person change them, say what came of it.

import { showFailure } from "../../components/page.js";
import { addedInWords, memberForm, memberList } from "../../components/members.js";
import { notice } from "../../components/notice.js";
import { statusMessage } from "../../components/status-message.js";
import { request, newIdempotencyKey } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { teamName } from "../../text/format.js";
import { alertForm } from "./alert-form.js";
import { alertList } from "./alert-list.js";

export async function openTeam(main, { team, others, wanted }) {
  const query = `?${new URLSearchParams({ team })}`;
  const alerts = h("div", null);
  const members = h("div", null);
  const status = statusMessage();
  const deeds = {
    pause: ({ alert_id }, paused) =>
      act(`/alerts/${alert_id}`, "PATCH", { paused }, paused ? "Paused" : "Started again", [
        paused
          ? "Nobody is told while it is paused, nor afterwards of what opened meanwhile."
          : "Your team is told from now on.",
      ]),
    deleteAlert: ({ alert_id }) => act(`/alerts/${alert_id}`, "DELETE", null, "Alert deleted", []),
    removeMember: ({ member_id, address }) =>
      act(`/alerts/members/${member_id}`, "DELETE", null, "Member removed", [
        `${address} is told no more.`,
      ]),
  };

  // Answers whether it went well; what went wrong is said.
  async function act(path, method, body, heading, lines) {
    try {
      await request(method, path + query, { body });
      await load();
    } catch (error) {
      return status.showFailure(error);
    }
    return status.show("success", heading, lines);
  }

  const post = poster(team);
  async function create(body) {
    const alert = await post("/alerts", body);
    await load();
    status.show(
      "success",
      "Alert created",
      `Your team is told as soon as a bed opens that fits, near ${alert.near}.`,
    );
  }

  async function addMember(body) {
    const member = await post("/alerts/members", body);
    await load();
    status.show(...addedInWords(member));
  }

  async function load() {
    const [alertsOf, membersOf] = await Promise.all([
      request("GET", `/alerts${query}`),
      request("GET", `/alerts/members${query}`),
    ]);
    fill(alerts, alertList(alertsOf.alerts, deeds));
    fill(members, noOneIsTold(alertsOf, membersOf), memberList(membersOf.members, deeds));
  }

  try {
    await load();
  } catch (error) {
    return showFailure(main, error);
  }
  const another = h("p", null, h("a", { href: "/alerts.html" }, "Another team"));
  return fill(
    main,
    status.element,
    h("h1", { class: "nhsuk-heading-l nhsuk-u-margin-bottom-2" }, "Alerts"),
    h("p", null, "Team: ", h("strong", null, teamName(team))),
    others && another,
    h("h2", { class: "nhsuk-heading-m" }, "What your team is told of"),
    alerts,
    alertForm({ wanted, onSubmit: create, onFailure: status.showFailure }),
    h("h2", { class: "nhsuk-heading-m" }, "Who is told"),
    members,
    memberForm({
      ...{ onSubmit: addMember, onFailure: status.showFailure },
      ...{ heading: "New member", add: "Add member", example: "ward.7@example.nhs.uk" },
    }),
  );
}

function noOneIsTold(alerts, members) {
  const someone = members.members.some(({ state }) => state === "confirmed");
  if (someone || !alerts.total) return null;
  return notice(
    "warning",
    "Nobody is told yet",
    h("p", null, "An alert reaches your team only once a member has confirmed."),
  );
}

// Posts with a key of the content's own: sent again after a lost answer, it is done once.
function poster(team) {
  let last = {};
  return async (path, body) => {
    const content = path + JSON.stringify(body);
    if (last.content !== content) last = { content, key: newIdempotencyKey() };
    const headers = { "Idempotency-Key": last.key };
    const answer = await request("POST", path, { body: { ...body, team }, headers });
    last = {};
    return answer;
  };
}
