// A care home's page: its shop window, for families and teams; its staff edit it here.

import { openPage, showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { openEditor } from "./editor.js";
import { showHome } from "./profile.js";

const wanted = new URLSearchParams(location.search).get("id");

// A home's page is for everybody: where the council keeps it to teams, the API asks for a sign-in.
const isFor = wanted ? undefined : (me) => me.homes.length > 0;

openPage({ isFor }, async (main, { me, council }) => {
  const mine = me ? me.homes : [];
  const locationId = wanted || (mine.length === 1 && mine[0]);
  if (!locationId) return chooseHome(main, mine);
  const path = `/homes/${encodeURIComponent(locationId)}`;
  const isStaff = mine.includes(locationId);

  const show = (home, said) => {
    document.title = `${home.name} – Bedboard`;
    showHome(main, { home, said, council, onEdit: isStaff && (() => edit(home)) });
  };
  const edit = (home) => openEditor(main, { home, path, onDone: show });
  try {
    return show(await request("GET", path, { anonymous: true }));
  } catch (error) {
    showFailure(main, error);
    if (error instanceof Refusal)
      main.querySelector("h1").textContent = "This home cannot be shown";
    return undefined;
  }
});

function chooseHome(main, homes) {
  const item = (id) =>
    h("li", { class: "card" }, h("a", { href: `/home.html?${new URLSearchParams({ id })}` }, id));
  const list = h("ul", { class: "homes" }, homes.map(item));
  fill(main, heading("Your homes"), list);
  return nameHomes(list, homes);
}

function heading(text) {
  return h("h1", { class: "nhsuk-heading-l" }, text);
}

// The list stands at once; names come as they are answered.
async function nameHomes(list, homes) {
  await Promise.all(
    homes.map(async (id, number) => {
      const { name } = await request("GET", `/homes/${encodeURIComponent(id)}`);
      list.querySelectorAll("a")[number].textContent = name;
    }),
  );
}
