// The page on which a council says which location id took the place of an old one, and carries over.

import { confirmButton } from "../../components/confirm-button.js";
import { textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { openPage, showFailure } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { keyedSender, request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { carryForm } from "./carry-form.js";
import { outcomeInWords, partResults } from "./carry-words.js";
import { inviteMember, movePerson, staffOf } from "./carrying.js";

const params = new URLSearchParams(location.search);

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  const oldId = params.get("old") || "";
  const newId = params.get("new") || "";
  try {
    const old = await request("GET", pathOf(oldId));
    const successor = newId || old.successor;
    if (!successor) return fill(main, chooseSuccessor(old));
    return await showSuccession(main, oldId, successor);
  } catch (error) {
    return showFailure(main, error);
  }
});

/**
 * @param {HTMLElement} main
 * @param {string} oldId
 * @param {string} newId
 */
async function showSuccession(main, oldId, newId) {
  const status = statusMessage();
  const send = keyedSender();
  const path = `${pathOf(oldId)}/successor`;
  const place = h("div", null);

  /** @param {ReadonlySet<string>} again the keys of what did not work */
  async function show(again = new Set()) {
    const query = new URLSearchParams({ location_id: newId });
    /** @type {[Api.Succession, Api.Person[] | null, { members: Api.OldMember[] }]} */
    const [succession, people, { members }] = await Promise.all([
      request("GET", `${path}?${query}`),
      staffOf(oldId),
      request("GET", `${path}/reminders`),
    ]);
    fill(
      place,
      introduction(succession),
      carryForm({
        ...{ succession, people, members, again },
        onSubmit: (choices) => carry(succession, choices),
        onFailure: fail,
      }),
      succession.old.successor && takeBackSection(),
    );
  }

  /**
   * @param {Api.Succession} succession
   * @param {import("./carry-form.js").CarryChoices} choices
   */
  async function carry({ old }, { parts, placingStop, people, members }) {
    const body = { location_id: newId, carry: parts, carry_placing_stop: placingStop };
    const headers = { "If-Match": `"${old.version}"` };
    const results = partResults(await send("PUT", path, { body, headers }));
    // One after the other: the user pool and SNS limit how many come at once.
    for (const person of people) results.push(await movePerson(person, oldId, newId));
    for (const member of members) results.push(await inviteMember(member, oldId));
    const failed = results.filter((each) => !each.isDone).map((each) => each.key);
    await show(new Set(failed));
    const [kind, heading] = outcomeInWords(results);
    const points = `${oldId} points to ${newId}.`;
    const again = "What did not work is ticked again, if it can be tried again.";
    const lines = results.map((each) => h("li", null, each.text));
    return status.show(kind, heading, [
      points,
      ...(lines.length ? [h("ul", { class: "nhsuk-list nhsuk-list--bullet" }, lines)] : []),
      ...(failed.length ? [again] : []),
    ]);
  }

  /** @param {unknown} error */
  async function fail(error) {
    if (!(error instanceof Refusal && error.status === 412)) return status.showFailure(error);
    await show();
    const text =
      "Someone changed the old home after you opened this page. Check it and tick again.";
    return status.show("warning", "Not saved", text);
  }

  function takeBackSection() {
    const takeBack = async () => {
      try {
        await send("PUT", path, { body: { location_id: null } });
        await show();
        return status.show("success", "Taken back", `${oldId} does not point to another ID now.`);
      } catch (error) {
        return status.showFailure(error);
      }
    };
    return h(
      "section",
      null,
      h("h2", { class: "nhsuk-heading-m" }, "If this is not the same home"),
      h(
        "p",
        null,
        "You can take it back. The new home then loses what was carried over and what it has not ",
        "said itself since. People and reminders stay as they are.",
      ),
      confirmButton("Take it back", {
        ...{ of: `${oldId} and ${newId}`, yes: "Yes, take it back", no: "Cancel" },
        onConfirm: takeBack,
      }),
    );
  }

  await show();
  const heading = h("h1", { class: "nhsuk-heading-l" }, "Carry over to a new location ID");
  fill(main, status.element, heading, place);
}

/** @param {Api.Succession} succession */
function introduction({ old, new: successor }) {
  return [
    h("dl", { class: "nhsuk-summary-list" }, row("Old ID", old), row("New ID", successor)),
    h(
      "p",
      null,
      old.successor
        ? "The old ID points to the new one. You can carry over more."
        : "When you save, the old ID points to the new one. Only what you tick is carried over.",
    ),
  ];
}

/**
 * @param {string} term
 * @param {Api.Home} home
 */
function row(term, { location_id: id, name, address, postcode }) {
  const link = h("a", { href: `/home.html?${new URLSearchParams({ id })}` }, name);
  return h(
    "div",
    { class: "nhsuk-summary-list__row" },
    h("dt", { class: "nhsuk-summary-list__key" }, term),
    h(
      "dd",
      { class: "nhsuk-summary-list__value" },
      h("p", null, link, `, ${address}, ${postcode} (${id})`),
    ),
  );
}

/**
 * Ask for the new id, where nothing says which it is.
 * @param {Api.Home} old
 */
function chooseSuccessor({ location_id: id, name }) {
  const status = statusMessage();
  const field = textField({
    ...{ id: "new-id", label: "New CQC location ID", small: true, maxlength: 40 },
    hint: "For example, 1-1000587219",
  });
  return [
    status.element,
    h("h1", { class: "nhsuk-heading-l", id: "choose" }, `New location ID of ${name}`),
    form({
      name: { "aria-labelledby": "choose" },
      content: field,
      submit: "Continue",
      read: () => {
        const chosen = valueOf(field);
        const error = { href: "#new-id", text: "Enter the home's new CQC location ID" };
        return { value: chosen, errors: chosen ? [] : [error] };
      },
      onSubmit: async (chosen) => {
        const query = new URLSearchParams({ location_id: chosen });
        await request("GET", `${pathOf(id)}/successor?${query}`);
        location.assign(`/successor.html?${new URLSearchParams({ old: id, new: chosen })}`);
      },
      onFailure: status.showFailure,
      fields: () => ({ location_id: { id: "new-id", name: "New location ID" } }),
    }),
  ];
}

/** @param {string} locationId */
function pathOf(locationId) {
  return `/homes/${encodeURIComponent(locationId)}`;
}
