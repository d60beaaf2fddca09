// Who is told, of alerts or of old numbers: they confirm it themselves.

import { fill, h } from "../core/dom.js";
import { Refusal } from "../core/failures.js";
import { errorsAtFields, selectField, textField, valueOf } from "./field.js";
import { errorSummary, markFields, showSummary } from "./notice.js";
import { asked } from "./confirm-button.js";

const WAYS = {
  email: { way: "E-mail", label: "E-mail address" },
  sms: { way: "Text message", label: "Mobile number", hint: "Such as 07700 900123" },
  https: {
    way: "A system, by https",
    label: "Web address",
    hint: "Starts with https://. It gets each opening as JSON.",
  },
  sqs: {
    way: "A system, by queue",
    label: "ARN of the queue",
    hint: "Amazon SQS, such as arn:aws:sqs:eu-west-2:123456789012:vacancies",
  },
};

export function memberList(members, { removeMember }) {
  if (!members.length) return h("p", null, "Nobody yet. Add the first member below.");
  return h(
    "ul",
    { class: "things" },
    members.map((member) => item(member, removeMember)),
  );
}

function item(member, removeMember) {
  const { address, protocol, state } = member;
  const pending = state === "pending";
  return h(
    "li",
    { class: "card" },
    h("h3", { class: "nhsuk-heading-s" }, address),
    h("p", null, WAYS[protocol] ? WAYS[protocol].way : protocol),
    h(
      "p",
      null,
      h(
        "strong",
        { class: `nhsuk-tag nhsuk-tag--${pending ? "yellow" : "green"}` },
        pending ? "Waiting for confirmation" : "Confirmed",
      ),
    ),
    pending
      ? h(
          "p",
          null,
          "A message with a link was sent there. Until the link is opened nothing else is sent, and ",
          "48 hours after it was added it lapses by itself.",
        )
      : asked({
          ...{ text: "Remove", of: address, yes: "Yes, remove", no: "Keep it" },
          act: () => removeMember(member),
        }),
  );
}

// What to say of one who was just added: kind, heading, lines.
export function addedInWords({ address, state }) {
  if (state === "confirmed") return ["good", "Member added", [`${address} is told from now on.`]];
  return [
    "waiting",
    "Waiting for confirmation",
    [
      `A message with a link is on its way to ${address}. Whoever gets it has to open the`,
      " link; without that it lapses after 48 hours.",
    ],
  ];
}

// `onSend(body)` adds; `onFail(error)` is for what is no field's fault; `heading` is the form's,
// `add` its button's; `ways` are some of the protocols, `example` is an e-mail address.
export function memberForm({ onSend, onFail, heading, add, ways, example }) {
  const place = h("div", null);
  const way = selectField({
    id: "member-protocol",
    label: "How",
    value: "email",
    options: (ways || Object.keys(WAYS)).map((each) => [each, WAYS[each].way]),
    change: () => askAddress(),
  });
  const where = h("div", null);
  const askAddress = () => {
    const email = valueOf(way) === "email";
    const { label } = WAYS[valueOf(way)];
    const hint = email ? `Such as ${example}` : WAYS[valueOf(way)].hint;
    const inputmode = { email: "email", sms: "tel", https: "url" }[valueOf(way)];
    fill(
      where,
      textField({
        ...{ id: "member-address", label, hint, inputmode, maxlength: 500, spellcheck: "false" },
        ...(email && { autocapitalize: "none" }),
      }),
    );
  };
  const show = (problems) => {
    markFields(place, problems);
    showSummary(place, problems.length ? errorSummary(problems) : null);
  };
  const button = h("button", { type: "submit", class: "nhsuk-button" }, add);
  const submit = async (event) => {
    event.preventDefault();
    const body = { protocol: valueOf(way), address: valueOf(where) };
    const { label } = WAYS[body.protocol];
    if (!body.address) {
      return show([{ href: "#member-address", text: `Enter the ${lowered(label)}` }]);
    }
    show([]);
    button.disabled = true;
    try {
      await onSend(body);
      askAddress();
    } catch (error) {
      const ids = { address: "member-address", protocol: "member-protocol" };
      const found =
        error instanceof Refusal && errorsAtFields(error, ids, { address: label, protocol: "How" });
      if (!found) return onFail(error);
      show(found);
    } finally {
      button.disabled = false;
    }
    return undefined;
  };
  askAddress();
  fill(
    place,
    h(
      "form",
      { novalidate: true, submit, "aria-labelledby": "new-member" },
      h("h3", { class: "nhsuk-heading-s", id: "new-member" }, heading),
      way,
      where,
      h("p", { class: "nhsuk-hint" }, "Amazon SNS alone keeps addresses; Bedboard does not."),
      button,
    ),
  );
  return place;
}

function lowered(label) {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
