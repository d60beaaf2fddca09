// The list of people, each with their roles and what can be done about them.

import { button } from "../../components/button.js";
import { confirmButton } from "../../components/confirm-button.js";
import { fill, h } from "../../core/dom.js";
import { dayInWords, dayOf } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { noRoleInWords, roleInWords } from "./roles.js";

const FROM_NEXT_SIGN_IN = "The change applies when they next sign in, or within 30 minutes.";

/** @type {Record<Api.Person["state"], { colour: string, text: string }>} */
const STATES = {
  active: { colour: "green", text: "Can sign in" },
  waiting: { colour: "yellow", text: "Invited, not signed in yet" },
  disabled: { colour: "grey", text: "Disabled, cannot sign in" },
};

/**
 * A change to a person, and the status message that follows it.
 * @typedef {object} PersonChange
 * @property {string} method
 * @property {string} path
 * @property {unknown} [body]
 * @property {string} heading
 * @property {string} message
 *
 * @typedef {(change: PersonChange) => Promise<boolean>} Act answers whether it succeeded
 *
 * @typedef {object} PeopleListOptions
 * @property {Me} me
 * @property {Act} act
 * @property {() => unknown} onMore called for the people after the last
 */

/**
 * Make the list: `show` replaces the people, `append` adds more, `put` shows someone who was
 * invited, and `replace` shows someone as they are now.
 * @param {PeopleListOptions} options
 */
export function peopleList({ me, act, onMore }) {
  const count = h("p", { role: "status" });
  const list = h("ul", { class: "things people" });
  const more = h("div", null);
  /** @type {Map<string, HTMLElement>} */
  const cards = new Map();
  let hasMore = false;

  /** @param {Api.Person} person */
  function card(person) {
    const element = personCard(person, person.person_id === me.id, act);
    cards.set(person.person_id, element);
    return element;
  }

  function showCount() {
    const people = plural(cards.size, "person", "people");
    count.textContent = cards.size ? `${people}${hasMore ? ", and more" : ""}` : "No people found";
    fill(more, hasMore && button("Show more", { kind: "secondary", onClick: onMore }));
  }

  /** @param {Api.Person} person */
  function replace(person) {
    const before = cards.get(person.person_id);
    if (before) before.replaceWith(card(person));
  }

  /** @param {Api.Person} person */
  function put(person) {
    if (cards.has(person.person_id)) return replace(person);
    list.prepend(card(person));
    return showCount();
  }

  /**
   * @param {readonly Api.Person[]} people
   * @param {boolean} others whether there are more
   */
  function append(people, others) {
    list.append(...people.filter(({ person_id }) => !cards.has(person_id)).map(card));
    hasMore = others;
    showCount();
  }

  /**
   * @param {readonly Api.Person[]} people
   * @param {boolean} others whether there are more
   */
  function show(people, others) {
    cards.clear();
    fill(list);
    append(people, others);
  }

  return { element: h("div", null, count, list, more), show, append, put, replace };
}

/**
 * @param {Api.Person} person
 * @param {boolean} isMe
 * @param {Act} act
 */
function personCard(person, isMe, act) {
  const { email, state, roles, added_at, second_step } = person;
  const { colour, text } = STATES[state];
  const invited =
    `First invited on ${dayInWords(dayOf(added_at))}. ` +
    "The password in an invitation works for 3 days.";
  return h(
    "li",
    { class: "card" },
    h("h3", { class: "nhsuk-heading-s" }, email, isMe && " (you)"),
    h("p", null, h("strong", { class: `nhsuk-tag nhsuk-tag--${colour}` }, text)),
    state === "waiting" && h("p", null, invited),
    state !== "waiting" && h("p", null, second_step ? "Has a second step" : "No second step"),
    roles.length
      ? h(
          "ul",
          { class: "roles" },
          roles.map((role) => roleItem(role, person, act)),
        )
      : h("p", null, noRoleInWords(state)),
    h("div", { class: "actions" }, accountButtons(person, isMe, act)),
  );
}

/**
 * @param {Api.Person["roles"][number]} role
 * @param {Api.Person} person
 * @param {Act} act
 */
function roleItem(role, { person_id, email }, act) {
  const words = roleInWords(role);
  const remove = () =>
    act({
      method: "DELETE",
      path: `/people/${person_id}/roles/${role.role}`,
      heading: "Role removed",
      message: `${email} no longer has the role “${words}”. ${FROM_NEXT_SIGN_IN}`,
    });
  return h(
    "li",
    null,
    h("span", { class: "roles__name" }, words),
    confirmButton("Remove", {
      ...{ of: `${words}, ${email}`, yes: "Yes, remove", no: "Keep", onConfirm: remove },
    }),
  );
}

/**
 * @param {Api.Person} person
 * @param {boolean} isMe
 * @param {Act} act
 */
function accountButtons({ person_id, email, state, second_step }, isMe, act) {
  const path = `/people/${person_id}`;
  const look = /** @type {const} */ ({ kind: "secondary", small: true });
  const invite = () =>
    act({
      method: "POST",
      path: `${path}/invitation`,
      heading: "Invitation sent again",
      message: `We have sent a new first password to ${email}. It works for 3 days.`,
    });
  const disable = () =>
    act({
      method: "PATCH",
      path,
      body: { enabled: false },
      heading: "Account disabled",
      message:
        `${email} can no longer sign in. If they are signed in now, they can continue for up to ` +
        "30 minutes.",
    });
  const enable = () =>
    act({
      method: "PATCH",
      path,
      body: { enabled: true },
      heading: "Account enabled",
      message: `The account of ${email} is enabled again.`,
    });
  const reset = () =>
    act({
      method: "DELETE",
      path: `${path}/second-step`,
      heading: "Second step reset",
      message:
        `${email} has been signed out, and can sign in with their password alone. Ask them to set ` +
        "up their second step again.",
    });
  return [
    second_step &&
      !isMe &&
      confirmButton("Reset second step", {
        ...{ of: email, yes: "Yes, they have asked for it", no: "Cancel", onConfirm: reset },
      }),
    state === "waiting" && button("Send invitation again", { ...look, of: email, onClick: invite }),
    state === "disabled" && button("Enable account", { ...look, of: email, onClick: enable }),
    state !== "disabled" &&
      !isMe &&
      confirmButton("Disable account", {
        ...{ of: email, yes: "Yes, disable", no: "Cancel", onConfirm: disable },
      }),
  ];
}
