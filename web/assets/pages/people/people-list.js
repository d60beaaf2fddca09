// The people found, each with what they are here and what can be done about it.

import { button } from "../../components/button.js";
import { confirmButton } from "../../components/confirm-button.js";
import { fill, h } from "../../core/dom.js";
import { dayInWords, dayOf } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { roleInWords } from "./role-field.js";

const STATES = {
  active: { colour: "green", text: "Can sign in" },
  waiting: { colour: "yellow", text: "Invited, has not signed in yet" },
  disabled: { colour: "grey", text: "Disabled: cannot sign in" },
};

// `act(method, path, body, heading, lines)` does something to a person; `loadMore()` asks for those
// after the last.
export function peopleList({ me, act, loadMore }) {
  const count = h("p", { role: "status" });
  const list = h("ul", { class: "things people" });
  const more = h("div", null);
  const cards = new Map();

  const card = (person) => {
    const made = cardOf(person, me, act);
    cards.set(person.person_id, made);
    return made;
  };
  const told = (hasMore) => {
    const many = plural(cards.size, "person", "people");
    count.textContent = cards.size ? `${many}${hasMore ? ", and more" : ""}` : "Nobody";
    fill(more, hasMore && button("Show more", { kind: "secondary", onClick: loadMore }));
  };
  const replace = (person) => {
    const before = cards.get(person.person_id);
    if (before) before.replaceWith(card(person));
  };
  return {
    element: h("div", null, count, list, more),
    replace,
    show(people, hasMore) {
      cards.clear();
      fill(list, people.map(card));
      told(hasMore);
    },
    append(people, hasMore) {
      list.append(...people.filter(({ person_id }) => !cards.has(person_id)).map(card));
      told(hasMore);
    },
    // In their place, or where there is none before all others.
    put(person) {
      if (cards.has(person.person_id)) return replace(person);
      list.prepend(card(person));
      return told(Boolean(more.firstChild));
    },
  };
}

function cardOf(person, me, act) {
  const { person_id, email, state, roles, added_at } = person;
  const isMe = person_id === me.id;
  const { colour, text } = STATES[state];
  const invited = `Invited on ${dayInWords(dayOf(added_at))}. A first password is good for 3 days.`;
  return h(
    "li",
    { class: "card" },
    h("h3", { class: "nhsuk-heading-s" }, email, isMe && " (you)"),
    h("p", null, h("strong", { class: `nhsuk-tag nhsuk-tag--${colour}` }, text)),
    state === "waiting" && h("p", null, invited),
    roles.length
      ? h(
          "ul",
          { class: "roles" },
          roles.map((role) => roleOf(role, person, act)),
        )
      : h("p", null, "No role: can sign in, but see nothing."),
    h("div", { class: "actions" }, deedsFor(person, isMe, act)),
  );
}

function roleOf(role, { person_id, email }, act) {
  const words = roleInWords(role);
  const take = () =>
    act("DELETE", `/people/${person_id}/roles/${role.role}`, null, "Role taken away", [
      `${email}: ${words}. It counts from their next sign-in, or within half an hour.`,
    ]);
  return h(
    "li",
    null,
    h("span", { class: "roles__name" }, words),
    confirmButton("Remove", {
      ...{ of: `${words}, ${email}`, yes: "Yes, remove", no: "Keep", onConfirm: take },
    }),
  );
}

function deedsFor({ person_id, email, state }, isMe, act) {
  const path = `/people/${person_id}`;
  const look = { kind: "secondary", small: true };
  const again = () =>
    act("POST", `${path}/invitation`, null, "Invited again", [
      `A new first password is on its way to ${email}. It is good for 3 days.`,
    ]);
  const disable = () =>
    act("PATCH", path, { enabled: false }, "Disabled", [
      `${email} cannot sign in any more. Whoever is signed in can go on for at most half an hour.`,
    ]);
  const enable = () =>
    act("PATCH", path, { enabled: true }, "Let in again", [`${email} can sign in again.`]);
  return [
    state === "waiting" &&
      button("Send the invitation again", { ...look, of: email, onClick: again }),
    state === "disabled" && button("Let in again", { ...look, of: email, onClick: enable }),
    state !== "disabled" &&
      !isMe &&
      confirmButton("Disable", {
        ...{ of: email, yes: "Yes, disable", no: "Do not", onConfirm: disable },
      }),
  ];
}
