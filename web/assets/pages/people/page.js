// The page on which a council says who may sign in, and as what.

import { openPage, showFailure } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { homeList } from "./home-picker.js";
import { inviteForm } from "./invite-form.js";
import { peopleFilter } from "./people-filter.js";
import { peopleList } from "./people-list.js";

openPage({ isFor: (me) => me.isCouncil }, async (main, { me }) => {
  const status = statusMessage();
  const homes = homeList();
  const people = peopleList({ me, act, loadMore: () => more().catch(status.showFailure) });
  let wanted = {};
  let after = null;
  const heading = h("h1", { class: "nhsuk-heading-l" }, "People");

  // Does something to a person: answers whether it went well; what went wrong is said.
  async function act(method, path, body, done, lines) {
    try {
      const person = await request(method, path, { body });
      people.replace(person);
      return status.show("success", done, lines);
    } catch (error) {
      return status.showFailure(error);
    }
  }

  async function find(asked) {
    const told = await request("POST", "/people/search", { body: asked });
    wanted = asked;
    after = told.after;
    people.show(told.people, Boolean(after));
  }

  async function more() {
    const asked = wanted;
    const told = await request("POST", "/people/search", { body: { ...asked, after } });
    if (wanted !== asked) return; // others were asked for meanwhile
    after = told.after;
    people.append(told.people, Boolean(after));
  }

  async function invite(body) {
    const known = await request("POST", "/people", { body });
    people.put(known);
    if (known.state === "waiting") {
      return status.show("success", "Invited", [
        `An e-mail with a first password is on its way to ${known.email}. It is good for 3 days.`,
        `Tell them where to sign in: ${location.origin}/`,
      ]);
    }
    if (known.state === "disabled") {
      return status.show("warning", "Role given, but this person is disabled", [
        `${known.email} was here already. Let them in again below, if they should sign in.`,
      ]);
    }
    return status.show("success", "Role given", [
      `${known.email} was here already, so no e-mail was sent.`,
      "The role counts from their next sign-in, or within half an hour.",
    ]);
  }

  try {
    await find({});
  } catch (error) {
    return showFailure(main, error);
  }
  return fill(
    main,
    status.element,
    heading,
    h(
      "p",
      null,
      "Who may sign in here, and what they may do. What you change counts from their next ",
      "sign-in, or within half an hour for those who are signed in.",
    ),
    inviteForm({ homes, onSubmit: invite, onFailure: status.showFailure }),
    h("h2", { class: "nhsuk-heading-m" }, "Who is here"),
    peopleFilter({ homes, onSubmit: find, onFailure: status.showFailure }),
    people.element,
    homes.element,
  );
});
