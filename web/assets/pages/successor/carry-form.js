// The form in which the council ticks what carries over. Nothing is ticked beforehand.

import { checkedValues } from "../../components/field.js";
import { form } from "../../components/form.js";
import { daysInWords } from "../../components/placing-tag.js";
import { h } from "../../core/dom.js";
import { partLines, partName, personNote, whyNotOffered } from "./carry-words.js";

/**
 * @typedef {object} CarryChoices
 * @property {Api.CarriedPart[]} parts
 * @property {boolean} placingStop whether the council's mark carries over
 * @property {Api.Person[]} people
 * @property {Api.OldMember[]} members
 *
 * @typedef {object} CarryFormOptions
 * @property {Api.Succession} succession
 * @property {Api.Person[] | null} people null where they are managed elsewhere
 * @property {Api.OldMember[]} members
 * @property {ReadonlySet<string>} again the keys of what did not work, ticked again
 * @property {(choices: CarryChoices) => unknown} onSubmit
 * @property {(error: unknown) => unknown} onFailure
 */

/**
 * Make the form.
 * @param {CarryFormOptions} options
 */
export function carryForm({ succession, people, members, again, onSubmit, onFailure }) {
  const { old, new: successor, parts, placing_stops: stops } = succession;
  const markPlace = markSection(stops, again);
  const partsPlace = partsSection(parts, again);
  const peoplePlace = peopleSection(people, successor.location_id, again);
  const membersPlace = membersSection(members, again);
  return h(
    "div",
    { class: "carry" },
    form({
      name: { "aria-label": "Carry over" },
      content: [partsPlace, markPlace, peoplePlace, membersPlace],
      submit: old.successor ? "Carry over what is ticked" : "Save and carry over what is ticked",
      read: () => {
        const ids = checkedValues(peoplePlace);
        const memberIds = checkedValues(membersPlace);
        return {
          value: {
            parts: /** @type {Api.CarriedPart[]} */ (checkedValues(partsPlace)),
            placingStop: Boolean(markPlace && checkedValues(markPlace).length),
            people: (people || []).filter((each) => ids.includes(each.person_id)),
            members: members.filter((each) => memberIds.includes(each.member_id)),
          },
          errors: [],
        };
      },
      onSubmit,
      onFailure,
      fields: () => ({}),
    }),
  );
}

/**
 * @param {readonly Api.CarryPart[]} parts
 * @param {ReadonlySet<string>} again
 */
function partsSection(parts, again) {
  const ready = parts.filter((each) => each.state === "ready");
  const others = parts.filter((each) => ["carried", "refused"].includes(each.state));
  return section(
    "What the home said",
    "Nothing that the home said under its new ID is replaced.",
    ready.map((each) =>
      box({
        key: `part:${each.part}`,
        value: each.part,
        label: [
          h("strong", null, partName(each.part)),
          partLines(each).map((line) => h("span", { class: "carry__line" }, line)),
        ],
        again,
      }),
    ),
    "There is nothing to carry over.",
    others.map((each) => `${partName(each.part)}: ${whyNotOffered(each)}`),
  );
}

/**
 * Ask whether the new home is marked too, where the old one is.
 * @param {Api.Succession["placing_stops"]} stops
 * @param {ReadonlySet<string>} again
 */
function markSection({ old, new: successor }, again) {
  if (!old) return null;
  const notes = successor ? [`The new ID is marked already: ${daysInWords(successor)}.`] : [];
  const label = `Not placing here ${daysInWords(old)}`;
  return section(
    "The council's mark",
    "The old ID is marked. A new owner need not be: tick it only if you are not placing there either.",
    successor ? [] : [box({ key: "placing:stop", value: "placing_stop", label, again })],
    "There is nothing to carry over.",
    notes,
  );
}

/**
 * @param {readonly Api.Person[] | null} people
 * @param {string} newId
 * @param {ReadonlySet<string>} again
 */
function peopleSection(people, newId, again) {
  const hint =
    "A new owner need not keep the old owner's staff. Tick only people who work there now. They get " +
    "the new ID and lose the old one.";
  const elsewhere = "Your council manages people elsewhere. Change their groups there.";
  return section(
    "Staff of the old ID",
    hint,
    (people || []).map((each) =>
      box({
        key: `person:${each.person_id}`,
        value: each.person_id,
        label: `${each.email}${personNote(each, newId)}`,
        again,
      }),
    ),
    people ? "No one works with the old ID." : elsewhere,
  );
}

/**
 * @param {readonly Api.OldMember[]} members
 * @param {ReadonlySet<string>} again
 */
function membersSection(members, again) {
  const hint =
    "A reminder cannot be moved. We send a new link to each address that you tick, and someone has " +
    "to open it within 48 hours. Until then it gets no reminders.";
  const ready = members.filter((each) => each.state === "confirmed");
  const open = ready.filter((each) => each.at_successor !== "confirmed");
  const unconfirmed = members.length - ready.length;
  return section(
    "Who was reminded about the old ID",
    hint,
    open.map((each) =>
      box({
        key: `member:${each.member_id}`,
        value: each.member_id,
        label:
          each.address +
          (each.at_successor === "pending" ? " (link sent already; this sends another)" : ""),
        again,
      }),
    ),
    "There is no one to invite.",
    [
      ...ready
        .filter((each) => each.at_successor === "confirmed")
        .map((each) => `${each.address}: gets the reminders of the new ID already.`),
      ...(unconfirmed ? [`Never confirmed, so not offered: ${unconfirmed}`] : []),
    ],
  );
}

/**
 * @param {string} legend
 * @param {string} hint
 * @param {readonly HTMLElement[]} boxes
 * @param {string} emptyText
 * @param {readonly string[]} [notes]
 */
function section(legend, hint, boxes, emptyText, notes = []) {
  const hintId = `${legend.toLowerCase().replace(/[^a-z]+/g, "-")}-hint`;
  const heading = h("h2", { class: "nhsuk-fieldset__heading" }, legend);
  const list =
    notes.length > 0 &&
    h(
      "ul",
      null,
      notes.map((note) => h("li", null, note)),
    );
  if (!boxes.length) {
    const title = h("h2", { class: "nhsuk-heading-m" }, legend);
    return h("section", null, title, h("p", null, emptyText), list);
  }
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h(
      "fieldset",
      { class: "nhsuk-fieldset", "aria-describedby": hintId },
      h("legend", { class: "nhsuk-fieldset__legend nhsuk-fieldset__legend--m" }, heading),
      h("p", { class: "nhsuk-hint", id: hintId }, hint),
      h("div", { class: "nhsuk-checkboxes" }, boxes),
    ),
    list,
  );
}

/** @param {{ key: string, value: string, label: Children, again: ReadonlySet<string> }} options */
function box({ key, value, label, again }) {
  const id = key.replace(":", "-");
  return h(
    "div",
    { class: "nhsuk-checkboxes__item" },
    h("input", {
      ...{ id, class: "nhsuk-checkboxes__input", type: "checkbox", value },
      checked: again.has(key),
    }),
    h("label", { class: "nhsuk-label nhsuk-checkboxes__label", for: id }, label),
  );
}
