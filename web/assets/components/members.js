// Who gets a team's alerts or a home's reminders. Each person agrees to it first.

import { config } from "../core/config.js";
import { fill, h } from "../core/dom.js";
import { lowerFirst } from "../text/format.js";
import { button } from "./button.js";
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
 * What can be done about a member. `enterCode` throws where the code is refused.
 * @typedef {object} MemberActions
 * @property {(member: Api.Member) => unknown} removeMember
 * @property {(member: Api.Member) => unknown} inviteAgain
 * @property {(member: Api.Member, code: string) => unknown} enterCode
 * @property {(error: unknown) => unknown} onFailure called where no field is to blame
 *
 * Make the list of members.
 * @param {readonly Api.Member[]} members
 * @param {MemberActions} actions
 */
export function memberList(members, actions) {
  if (!members.length) return h("p", null, "No members yet. Add the first one below.");
  return h(
    "ul",
    { class: "things" },
    members.map((member) => item(member, actions)),
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

const MAY_BE_LACKING =
  "We do not know whether the invitation was sent. Wait a minute, then send it again. ";

/** The states in which a person can be asked once more. */
const CAN_BE_INVITED = ["pending", "bounced", "opted_out"];

const WITHIN = "If no one does within 48 hours, we remove the address.";

/**
 * @param {Api.Member} member
 * @param {MemberActions} actions
 */
function item(member, actions) {
  const { removeMember, inviteAgain } = actions;
  const { address, protocol, state } = member;
  const isPerson = protocol === "email" || protocol === "sms";
  const [tag, colour, meaning] = STATES[state];
  const text = state === "pending" ? pendingInWords(member) : meaning;
  return h(
    "li",
    { class: "card" },
    h("h3", { class: "nhsuk-heading-s" }, address),
    h("p", null, PROTOCOLS[protocol] ? PROTOCOLS[protocol].text : protocol),
    h("p", null, h("strong", { class: `nhsuk-tag nhsuk-tag--${colour}` }, tag)),
    text && h("p", null, text),
    state === "pending" && protocol === "sms" && codeForm(member, actions),
    isPerson &&
      CAN_BE_INVITED.includes(state) &&
      h(
        "div",
        { class: "actions" },
        button("Send the invitation again", {
          ...{ kind: "secondary", small: true, of: address },
          onClick: () => inviteAgain(member),
        }),
      ),
    // Amazon SNS gives a system its id when it confirms.
    member.member_id !== "pending" &&
      confirmButton("Remove", {
        ...{ of: address, yes: "Yes, remove", no: "Keep" },
        onConfirm: () => removeMember(member),
      }),
  );
}

/**
 * @param {Api.Member} member who has not agreed
 */
function pendingInWords({ protocol, invitation_sent: isSent }) {
  return (isSent === false ? MAY_BE_LACKING : INVITATIONS[protocol]) + WITHIN;
}

/**
 * Make the form for the code that a phone received.
 * @param {Api.Member} member
 * @param {MemberActions} actions
 */
function codeForm(member, { enterCode, onFailure }) {
  const id = `code-${member.member_id}`;
  const field = textField({
    ...{ id, label: "Code from the text message", of: member.address, small: true },
    ...{ inputmode: "numeric", maxlength: 12, autocomplete: "one-time-code" },
    hint: "Six digits. It works for an hour.",
  });
  const code = () => valueOf(field).replace(/\s/g, "");
  return form({
    name: { "aria-label": `Enter the code: ${member.address}` },
    content: field,
    submit: button("Confirm the number", { small: true, type: "submit" }),
    read: () => ({
      value: code(),
      errors: /^\d{6}$/.test(code())
        ? []
        : [{ href: `#${id}`, text: "Enter the code of six digits" }],
    }),
    onSubmit: (value) => enterCode(member, value),
    onFailure,
    fields: () => ({ code: { id, name: "Code" } }),
  });
}

/**
 * Write the parts of a status message about a member who was asked once more.
 * @param {Api.Member} member
 * @returns {[import("./notice.js").NoticeKind, string, string]}
 */
export function invitedInWords({ address, protocol }) {
  const what = protocol === "sms" ? "A new code is" : "A new link is";
  return [
    "success",
    "Sent again",
    `${what} on its way to ${address}. The old one no longer works.`,
  ];
}

/**
 * Write the parts of a status message about a member who was just added.
 * @param {Api.Member} member
 * @returns {[import("./notice.js").NoticeKind, string, string]}
 */
export function addedInWords(member) {
  const { address, state } = member;
  if (state === "confirmed") return ["success", "Member added", `${address} now gets messages.`];
  const [tag, , meaning] = STATES[state];
  const text = state === "pending" ? pendingInWords(member) : `${meaning}`;
  return ["warning", tag, `${address}: ${lowerFirst(text)}`];
}

/**
 * Give those of some ways to reach people that the council has set up.
 * @param {readonly Api.Protocol[]} protocols
 */
export async function protocolsOf(protocols) {
  const { messages } = await config();
  return protocols.filter(
    (each) => (each !== "email" || messages.email) && (each !== "sms" || messages.sms),
  );
}

/**
 * @typedef {object} MemberFormOptions
 * @property {string} heading
 * @property {string} add the text of its button
 * @property {string} example an email address
 * @property {readonly Api.Protocol[]} protocols those to choose from: see `protocolsOf`
 * @property {(body: { protocol: string, address: string }) => unknown} onSubmit
 * @property {(error: unknown) => unknown} onFailure called where no field is to blame
 */

/**
 * Make the form that adds a member.
 * @param {MemberFormOptions} options
 */
export function memberForm({ heading, add, example, protocols, onSubmit, onFailure }) {
  if (!protocols.length) return h("p", null, NOT_SET_UP);
  const protocolField = selectField({
    id: "member-protocol",
    label: "How to contact them",
    value: protocols[0],
    options: protocols.map((each) => [each, PROTOCOLS[each].text]),
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

const NOT_SET_UP =
  "Your council has not set up emails or text messages, so no one can be added here yet.";

/** @param {string} label */
function nameInSentence(label) {
  return /^[A-Z]{2}/.test(label) ? label : lowerFirst(label);
}
