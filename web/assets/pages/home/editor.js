// A home's staff edit its shop window: only what they changed is sent.

import { button } from "../../components/button.js";
import { compare } from "../../components/compare.js";
import { showErrors } from "../../components/error-summary.js";
import { checkboxes, checkedValues, textArea, textField, valueOf } from "../../components/field.js";
import { notice } from "../../components/notice.js";
import { newIdempotencyKey, request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import {
  errorsAtFields,
  NoResponse,
  Refusal,
  refusalInWords,
  SignInNeeded,
} from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { listed, plural, pounds } from "../../text/format.js";
import { FEATURES } from "../../text/vocabulary.js";

const FEES = ["weekly_fee_from", "weekly_fee_to"];
const MOST_FEE = 20000;
const LONGEST = 500;

const NAMES = {
  weekly_fee_from: "Weekly fee from",
  weekly_fee_to: "Weekly fee up to",
  vacancies_phone: "Telephone for vacancies",
  website: "Website",
  description: "About the home",
  features: "What the home offers",
};

const IDS = {
  ...Object.fromEntries(Object.keys(NAMES).map((name) => [name, name])),
  features: "features-0",
};

const FIELDS = Object.fromEntries(
  Object.keys(NAMES).map((each) => [each, { id: IDS[each], name: NAMES[each] }]),
);

// `onDone(home, notice)`: saved, or left as it is. `edits`: what to begin with, laid on the home.
export function openEditor(main, { home, path, onDone, edits = {} }) {
  const text = (name) => {
    const value = name in edits ? edits[name] : home[name];
    return value == null ? "" : String(value);
  };
  const field = (name, more) =>
    textField({ id: name, label: NAMES[name], value: text(name), ...more });
  const fields = {
    weekly_fee_from: field("weekly_fee_from", { ...fee, hint: "In whole pounds, such as 950" }),
    weekly_fee_to: field("weekly_fee_to", fee),
    vacancies_phone: field("vacancies_phone", {
      ...{ hint: "Where to ask for a bed, if it is not the home's usual number" },
      ...{ inputmode: "tel", small: true, maxlength: 20 },
    }),
    website: field("website", {
      ...{ hint: "Such as https://www.example.org/home", inputmode: "url", maxlength: 200 },
      ...{ spellcheck: "false", autocapitalize: "none" },
    }),
    description: textArea({
      ...{ id: "description", label: NAMES.description, value: text("description"), rows: 6 },
      hint: `At most ${LONGEST} letters. Write nothing about residents.`,
    }),
  };
  const features = checkboxes({
    id: "features",
    legend: NAMES.features,
    options: Object.entries(FEATURES),
    checked: edits.features || home.features,
  });
  const save = button("Save", { type: "submit" });
  let last = {};

  const show = (problems) => showErrors(main, problems);

  async function send(changes, version) {
    const content = JSON.stringify([changes, version]);
    if (last.content !== content) last = { content, key: newIdempotencyKey() };
    save.disabled = true;
    try {
      const headers = { "If-Match": `"${version}"`, "Idempotency-Key": last.key };
      const saved = await request("PATCH", path, { body: changes, headers });
      return onDone(
        saved,
        notice("success", "Saved", h("p", null, "Everybody sees it from now on.")),
      );
    } catch (error) {
      return await fail(error, changes);
    } finally {
      save.disabled = false;
    }
  }

  function fail(error, changes) {
    if (error instanceof SignInNeeded) return signIn();
    if (error instanceof NoResponse) {
      const words = "Bedboard could not be reached, so this is not saved. Try again.";
      return show([{ text: words, href: null }]);
    }
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 412) return outdated(error.problem.current, changes);
    const found = errorsAtFields(error, FIELDS);
    return show(found || refusalInWords(error).map((words) => ({ text: words, href: null })));
  }

  // The home has moved on: only where the same was changed do people have to decide.
  function outdated(current, changes) {
    const contested = Object.keys(changes).filter(
      (name) => !same(current[name], home[name]) && !same(current[name], changes[name]),
    );
    if (!contested.length) return send(changes, current.version);
    const again = { home: current, path, onDone };
    return decide(main, {
      ...{ current, changes, contested },
      onMine: () => openEditor(main, { ...again, edits: changes }),
      onTheirs: () => {
        const rest = Object.entries(changes).filter(([name]) => !contested.includes(name));
        openEditor(main, { ...again, edits: Object.fromEntries(rest) });
      },
    });
  }

  const submit = (event) => {
    event.preventDefault();
    const values = { features: checkedValues(features) };
    for (const [name, element] of Object.entries(fields)) values[name] = valueOf(element);
    const problems = problemsOf(values);
    show(problems);
    if (problems.length || save.disabled) return;
    const changes = changesOf(home, values);
    if (Object.keys(changes).length) send(changes, home.version);
    else onDone(home, notice("success", "Nothing to save", h("p", null, "Nothing was changed.")));
  };

  const heading = h("h1", { class: "nhsuk-heading-l" }, `Edit the page of ${home.name}`);
  fill(
    main,
    heading,
    h("p", null, "Leave a field empty to take it off the page."),
    h(
      "form",
      { class: "form", novalidate: true, submit },
      Object.values(fields),
      features,
      h(
        "div",
        { class: "actions" },
        save,
        button("Cancel", { kind: "link", onClick: () => onDone(home) }),
      ),
    ),
  );
  focusOn(heading);
}

const fee = { inputmode: "numeric", small: true };

function problemsOf(values) {
  const problems = [];
  const wrong = (name, text) => problems.push({ href: `#${IDS[name]}`, text });
  for (const name of FEES) {
    const number = feeOf(values[name]);
    if (values[name] && !(number >= 1 && number <= MOST_FEE))
      wrong(name, `${NAMES[name]}: enter whole pounds, 1 to ${MOST_FEE}, such as 950`);
  }
  const [from, to] = FEES.map((name) => feeOf(values[name]));
  if (!problems.length && from > to)
    wrong(
      "weekly_fee_to",
      `${NAMES.weekly_fee_to}: at least ${pounds(from)}, the fee it starts at`,
    );
  const over = values.description.length - LONGEST;
  if (over > 0) wrong("description", `${NAMES.description}: ${plural(over, "letter")} too many`);
  return problems;
}

// "£1,200" is as good as "1200".
function feeOf(text) {
  const plain = text.replace(/[£,\s]/g, "");
  return /^\d+$/.test(plain) ? Number(plain) : NaN;
}

// What is other than in the home, as the API takes it: null takes a thing away.
function changesOf(home, values) {
  const now = { ...values };
  for (const name of FEES) now[name] = feeOf(values[name]) || null;
  return Object.fromEntries(
    Object.entries(now)
      .map(([name, value]) => [name, value === "" ? null : value])
      .filter(([name, value]) => !same(value, home[name])),
  );
}

function same(one, other) {
  const plain = (value) => (Array.isArray(value) ? [...value].sort().join() : value);
  return (plain(one) || null) === (plain(other) || null);
}

function decide(main, { current, changes, contested, onMine, onTheirs }) {
  const question = compare({
    intro: "Which is right? You can look at everything once more before it is saved.",
    rows: contested.map((name) => [NAMES[name], shown(changes[name]), shown(current[name])]),
    mineText: "Go on with mine",
    ...{ onMine, onTheirs },
  });
  fill(main, h("h1", { class: "nhsuk-heading-l" }, current.name), question);
  focusOn(question);
}

function shown(value) {
  if (Array.isArray(value)) return listed(value.map((each) => FEATURES[each] || each)) || "none";
  return value == null ? "none" : String(value);
}
