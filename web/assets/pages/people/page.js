// The page on which a council says who may sign in, and as what.

import { ask } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoAnswer, Refusal, SignInNeeded } from "../../core/failures.js";
import { notice, refusalInWords } from "../../components/notice.js";
import { openPage, wentWrong } from "../../components/page.js";
import { signIn } from "../../core/sign-in.js";
import { finder } from "./people-filter.js";
import { homeList } from "./home-picker.js";
import { inviteForm } from "./invite-form.js";
import { peopleList } from "./people-list.js";

openPage({ isFor: (me) => me.isCouncil }, async (main, { me }) => {
  const said = h("div", null);
  const homes = homeList();
  const people = peopleList({ me, act, loadMore: () => more().catch(fail) });
  let wanted = {};
  let after = null;
  const heading = h("h1", { class: "nhsuk-heading-l" }, "People");

  // Does something to a person: answers whether it went well; what went wrong is said.
  async function act(method, path, body, done, lines) {
    try {
      const person = await ask(method, path, { body });
      people.replace(person);
      say("good", done, lines);
      return true;
    } catch (error) {
      return fail(error);
    }
  }

  async function find(asked) {
    const told = await ask("POST", "/people/search", { body: asked });
    wanted = asked;
    after = told.after;
    people.show(told.people, Boolean(after));
  }

  async function more() {
    const asked = wanted;
    const told = await ask("POST", "/people/search", { body: { ...asked, after } });
    if (wanted !== asked) return; // others were asked for meanwhile
    after = told.after;
    people.append(told.people, Boolean(after));
  }

  async function invite(body) {
    const known = await ask("POST", "/people", { body });
    people.put(known);
    if (known.state === "waiting") {
      return say("good", "Invited", [
        `An e-mail with a first password is on its way to ${known.email}. It is good for 3 days.`,
        `Tell them where to sign in: ${location.origin}/`,
      ]);
    }
    if (known.state === "disabled") {
      return say("waiting", "Role given, but this person is disabled", [
        `${known.email} was here already. Let them in again below, if they should sign in.`,
      ]);
    }
    return say("good", "Role given", [
      `${known.email} was here already, so no e-mail was sent.`,
      "The role counts from their next sign-in, or within half an hour.",
    ]);
  }

  function say(kind, title, lines) {
    const told = notice(
      kind,
      title,
      lines.map((line) => h("p", null, line)),
    );
    fill(said, told);
    focusOn(told);
    told.scrollIntoView({ block: "nearest" });
    return true;
  }

  function fail(error) {
    if (error instanceof SignInNeeded) {
      signIn();
    } else if (error instanceof NoAnswer) {
      const why = "Bedboard could not be reached. Check your connection, then try again.";
      say("wrong", "Not done", [why]);
    } else if (error instanceof Refusal) {
      say("wrong", "Not done", refusalInWords(error));
    } else {
      say("wrong", "Something went wrong", ["This page has a fault. Please reload it."]);
      throw error;
    }
    return false;
  }

  try {
    await find({});
  } catch (error) {
    return wentWrong(main, error);
  }
  return fill(
    main,
    said,
    heading,
    h(
      "p",
      null,
      "Who may sign in here, and what they may do. What you change counts from their next ",
      "sign-in, or within half an hour for those who are signed in.",
    ),
    inviteForm({ homes, onSend: invite, onFail: fail }),
    h("h2", { class: "nhsuk-heading-m" }, "Who is here"),
    finder({ homes, onFind: find, onFail: fail }),
    people.element,
    homes.element,
  );
});
