// Who gets a team's alerts or a home's reminders. Each person agrees to it first.

import { fill, h } from "../core/dom.js";
import { lowerFirst } from "../text/format.js";
import { confirmButton } from "./confirm-button.js";
import { selectField, textField, valueOf } from "./field.js";
import { form } from "./form.js";

/**
 * How a message reaches someone: `text` in a list, `label` at the field for the address.
 * @type {Record<Api.Protocol, { text: string, label: string, hint?: string, inputmode?: string }>}
 */
const PROTOCOLS = {
  email: { text: "Email", label: "Email address", inputmode: "email" },
  sms: {
    text: "Text message",
    label: "Mobile number",
    hint: "For example, 07700 900123",
    inputmode: "tel",
  },
  https: {
    text: "A system, through https",
    label: "Web address",
    hint: "Starts with https://. The system gets each vacancy as JSON.",
    inputmode: "url",
  },
  sqs: {
    text: "A system, through a queue",
    label: "ARN of the queue",
    hint: "Amazon SQS. For example, arn:aws:sqs:eu-west-2:123456789012:vacancies",
  },
};

/**
 * Make the list of members.
 * @param {readonly Api.Member[]} members
 * @param {{ removeMember: (member: Api.Member) => unknown }} actions
 */
export function memberList(members, { removeMember }) {
  if (!members.length) return h("p", null, "No members yet. Add the first one below.");
  return h(
    "ul",
    { class: "things" },
    members.map((member) => item(member, removeMember)),
  );
}

/**
 * What each state means: its tag, the tag's colour, and what to know about it.
 * @type {Record<Api.MemberState, [string, string, string?]>}
 */
const STATES = {
  pending: ["Waiting for confirmation", "yellow"],
  confirmed: ["Confirmed", "green"],
  bounced: ["Email refused", "red", "This mailbox refuses our emails. Check the address."],
  opted_out: ["Texts stopped", "red", "The owner of this phone stopped our texts."],
  complained: ["Marked as spam", "red", "They marked a message as spam. We deleted the address."],
  unsubscribed: ["Unsubscribed", "grey", "They stopped the messages. We deleted the address."],
};

/**
 * Say how someone who is pending confirms.
 * @type {Record<Api.Protocol, string>}
 */
const INVITATIONS = {
  email:
    "We have sent a link to this address. It gets no other messages until someone opens the link. ",
  sms: "We have sent a code to this number. It gets no other messages until the code is entered. ",
  https: "We have sent a message to this system. It gets nothing else until it confirms. ",
  sqs: "We have sent a message to this queue. It gets nothing else until it confirms. ",
};

const WITHIN = "If no one does within 48 hours, we remove the address.";

/**
 * @param {Api.Member} member
 * @param {(member: Api.Member) => unknown} removeMember
 */
function item(member, removeMember) {
  const { address, protocol, state } = member;
  const [tag, colour, meaning] = STATES[state];
  const text = state === "pending" ? INVITATIONS[protocol] + WITHIN : meaning;
  return h(
    "li",
    { class: "card" },
    h("h3", { class: "nhsuk-heading-s" }, address),
    h("p", null, PROTOCOLS[protocol] ? PROTOCOLS[protocol].text : protocol),
    h("p", null, h("strong", { class: `nhsuk-tag nhsuk-tag--${colour}` }, tag)),
    text && h("p", null, text),
    // Amazon SNS gives a system its id when it confirms.
    member.member_id !== "pending" &&
      confirmButton("Remove", {
        ...{ of: address, yes: "Yes, remove", no: "Keep" },
        onConfirm: () => removeMember(member),
      }),
  );
}

/**
 * Write the parts of a status message about a member who was just added.
 * @param {Api.Member} member
 * @returns {[import("./notice.js").NoticeKind, string, string]}
 */
export function addedInWords({ address, protocol, state }) {
  if (state === "confirmed") return ["success", "Member added", `${address} now gets messages.`];
  const [tag, , meaning] = STATES[state];
  const text = state === "pending" ? INVITATIONS[protocol] + WITHIN : `${meaning}`;
  return ["warning", tag, `${address}: ${lowerFirst(text)}`];
}

/**
 * @typedef {object} MemberFormOptions
 * @property {string} heading
 * @property {string} add the text of its button
 * @property {string} example an email address
 * @property {readonly Api.Protocol[]} [protocols] those to choose from, if not all
 * @property {(body: { protocol: string, address: string }) => unknown} onSubmit
 * @property {(error: unknown) => unknown} onFailure called where no field is to blame
 */

/**
 * Make the form that adds a member.
 * @param {MemberFormOptions} options
 */
export function memberForm({ heading, add, example, protocols, onSubmit, onFailure }) {
  const all = /** @type {Api.Protocol[]} */ (Object.keys(PROTOCOLS));
  const protocolField = selectField({
    id: "member-protocol",
    label: "How to contact them",
    value: "email",
    options: (protocols || all).map((each) => [each, PROTOCOLS[each].text]),
    change: () => showAddressField(),
  });
  const addressPlace = h("div", null);
  const protocol = () => /** @type {Api.Protocol} */ (valueOf(protocolField));
  const showAddressField = () => {
    const isEmail = protocol() === "email";
    const { label, hint, inputmode } = PROTOCOLS[protocol()];
    fill(
      addressPlace,
      textField({
        ...{ id: "member-address", label, inputmode, maxlength: 500, spellcheck: "false" },
        hint: isEmail ? `For example, ${example}` : hint,
        ...(isEmail && { autocapitalize: "none" }),
      }),
    );
  };
  showAddressField();
  return form({
    name: { "aria-labelledby": "new-member" },
    content: [
      h("h3", { class: "nhsuk-heading-s", id: "new-member" }, heading),
      protocolField,
      addressPlace,
      h(
        "p",
        { class: "nhsuk-hint" },
        "We ask them first. We keep the address encrypted, and show it to no one.",
      ),
    ],
    submit: add,
    read: () => {
      const address = valueOf(addressPlace);
      const text = `Enter the ${nameInSentence(PROTOCOLS[protocol()].label)}`;
      return {
        value: { protocol: protocol(), address },
        errors: address ? [] : [{ href: "#member-address", text }],
      };
    },
    onSubmit: async (body) => {
      await onSubmit(body);
      showAddressField();
    },
    onFailure,
    fields: () => ({
      address: { id: "member-address", name: PROTOCOLS[protocol()].label },
      protocol: { id: "member-protocol", name: "How to contact them" },
    }),
  });
}

/** @param {string} label */
function nameInSentence(label) {
  return /^[A-Z]{2}/.test(label) ? label : lowerFirst(label);
}
