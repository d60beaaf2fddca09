// The alerts page: what a discharge team is told of, and who is told.

import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { fill, h } from "../../core/dom.js";
import { teamName } from "../../text/format.js";
import { openTeam } from "./team.js";

const query = new URLSearchParams(location.search);

openPage({ isFor: (me) => me.teams.length > 0 }, async (main, { me }) => {
  const team = query.get("team") || (me.teams.length === 1 && me.teams[0]);
  if (!team) {
    chooseTeam(main, me.teams);
  } else if (me.teams.includes(team)) {
    await openTeam(main, { team, others: me.teams.length > 1, wanted: query });
  } else {
    const why = h("p", null, "Your sign-in does not let you see this team's alerts.");
    fill(main, h("h1", null, "Not your team"), notice("error", "No access", why));
  }
});

// Each link keeps what a search has already put into the address.
function chooseTeam(main, teams) {
  const item = (team) => {
    const search = new URLSearchParams(query);
    search.set("team", team);
    return h("li", { class: "card" }, h("a", { href: `/alerts.html?${search}` }, teamName(team)));
  };
  fill(
    main,
    h("h1", { class: "nhsuk-heading-l" }, "Alerts: for which team?"),
    h("ul", { class: "homes" }, [...teams].sort().map(item)),
  );
}
