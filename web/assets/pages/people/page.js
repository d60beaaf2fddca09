// The page on which a council says who may sign in, and with which roles.

import { openPage, showFailure } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { inviteForm } from "./invite-form.js";
import { peopleFilter } from "./people-filter.js";
import { peopleList } from "./people-list.js";
import { homesList } from "./role-field.js";

openPage({ isFor: (me) => me.isCouncil }, async (main, { me }) => {
  const status = statusMessage();
  const homes = homesList();
  const people = peopleList({ me, act, onMore: () => showMore().catch(status.showFailure) });
  /** @type {import("./people-filter.js").PeopleQuery} */
  let query = {};
  /** @type {string | null} */
  let cursor = null;

  /** @type {import("./people-list.js").Act} */
  async function act({ method, path, body, heading, message }) {
    try {
      people.replace(await request(method, path, { body }));
      return status.show("success", heading, message);
    } catch (error) {
      return status.showFailure(error);
    }
  }

  /** @param {import("./people-filter.js").PeopleQuery} newQuery */
  async function find(newQuery) {
    const page = await request("POST", "/people/search", { body: newQuery });
    query = newQuery;
    cursor = page.after;
    people.show(page.people, Boolean(cursor));
  }

  async function showMore() {
    const before = query;
    const page = await request("POST", "/people/search", { body: { ...query, after: cursor } });
    if (query !== before) return; // another query came meanwhile
    cursor = page.after;
    people.append(page.people, Boolean(cursor));
  }

  /** @param {{ email: string, role: string | undefined }} body */
  async function invite(body) {
    /** @type {Api.Person} */
    const person = await request("POST", "/people", { body });
    people.put(person);
    if (person.state === "waiting") {
      return status.show(
        "success",
        "Invitation sent",
        `We have sent an email with a first password to ${person.email}. It works for 3 days.`,
        `Tell them to sign in at ${location.origin}/`,
      );
    }
    if (person.state === "disabled") {
      return status.show(
        "warning",
        "Role added, but the account is disabled",
        `To let ${person.email} sign in, select “Enable account” below.`,
      );
    }
    return status.show(
      "success",
      "Role added",
      `${person.email} already has an account, so we did not send an email.`,
      "The role applies when they next sign in, or within 30 minutes.",
    );
  }

  async function loadHomes() {
    homes.show((await request("GET", "/homes")).homes);
  }

  loadHomes().catch(() => {
    // Without the names an id still works. The page itself says where someone has to sign in.
  });
  try {
    await find({});
  } catch (error) {
    return showFailure(main, error);
  }
  return fill(
    main,
    status.element,
    h("h1", { class: "nhsuk-heading-l" }, "People"),
    h(
      "p",
      null,
      "Manage who can sign in and what they can do. Changes apply when a person next signs in, or ",
      "within 30 minutes.",
    ),
    inviteForm({ onSubmit: invite, onFailure: status.showFailure }),
    h("h2", { class: "nhsuk-heading-m" }, "Find people"),
    peopleFilter({ onSubmit: find, onFailure: status.showFailure }),
    people.element,
    homes.element,
  );
});
