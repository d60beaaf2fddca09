// The form of a home's terms: who may pay, how it assesses, when it admits, and what its beds may be.

import { button } from "../../components/button.js";
import { showErrors } from "../../components/error-summary.js";
import { checkboxes, checkedValues, textField, valueOf } from "../../components/field.js";
import { statusMessage } from "../../components/status-message.js";
import { fill, find, h } from "../../core/dom.js";
import { lowerFirst } from "../../text/format.js";
import { ASSESSMENTS, FUNDING } from "../../text/needs.js";
import { CATEGORIES } from "../../text/vocabulary.js";
import { fundingDoubt } from "./answers.js";
import { DAYS, periodsInWords, problemIn, readClock, readPeriods } from "./hours.js";

const MOST_HOURS = 336; // two weeks

/**
 * @typedef {import("./answers.js").DeclarationEdit} DeclarationEdit
 *
 * @typedef {object} TermsOptions
 * @property {Api.Home} home
 * @property {HTMLElement | undefined} message
 * @property {(edit: DeclarationEdit) => Promise<unknown>} onSave
 */

/**
 * Say which of the terms a home has told.
 * @param {Api.Declaration} home
 */
export function termsInWords({ funding, admission_hours: hours, assesses_by: by }) {
  const open = [!funding && "who pays", !by && "how you assess", !hours && "when you admit"];
  const left = open.filter(Boolean).join(", ");
  if (!left) return "All answered";
  return open.every(Boolean) ? "Not answered yet" : `Not answered yet: ${left}`;
}

/**
 * Show the form.
 * @param {HTMLElement} main
 * @param {TermsOptions} options
 */
export function showTerms(main, { home, message, onSave }) {
  document.title = "Who pays, and when you admit – Whom you take – Bedboard";
  const status = statusMessage();
  const parts = [fundingFields(home), assessmentFields(home), hoursFields(home), otherUses(home)];

  async function save() {
    const errors = parts.flatMap((part) => part.errors());
    showErrors(main, errors);
    if (errors.length) return;
    try {
      await onSave(Object.assign({}, ...parts.map((part) => part.read())));
    } catch (error) {
      status.showFailure(error);
    }
  }

  fill(
    main,
    message,
    h("p", null, h("a", { href: "#" }, "All groups")),
    status.element,
    h("h1", { class: "nhsuk-heading-l" }, "Who pays, and when you admit"),
    parts.map((part) => part.element),
    button("Save", { onClick: save }),
  );
}

/** @param {Api.Home} home */
function fundingFields(home) {
  const boxes = checkboxes({
    id: "funding",
    legend: "Who may pay?",
    hint: "Tick all that you accept. Teams read what you leave out as no.",
    options: Object.entries(FUNDING),
    checked: home.funding || [],
  });
  const doubt = h("p", { class: "answers__doubt", role: "status" });
  const showDoubt = () => fill(doubt, fundingDoubt(checkedValues(boxes), home));
  find(boxes, "fieldset", HTMLElement).append(doubt);
  boxes.addEventListener("change", showDoubt);
  showDoubt();
  const topUp = amount("top_up_from", "Smallest top-up, in pounds a week", home.top_up_from);
  const nights = amount("respite_nights", "Fewest nights of a respite stay", home.respite_nights);
  /** @type {(value: string, id: string, text: string) => FieldError[]} */
  const wrong = (value, id, text) =>
    value && !/^[1-9]\d{0,3}$/.test(value) ? [{ href: `#${id}`, text }] : [];
  /** @type {(value: string, id: string, funding: string) => FieldError[]} */
  const loose = (value, id, funding) =>
    value && !checkedValues(boxes).includes(funding)
      ? [{ href: `#${id}`, text: `Tick “${FUNDING[funding]}”, or clear this` }]
      : [];
  /** @returns {DeclarationEdit} */
  const read = () => {
    const funding = checkedValues(boxes);
    return {
      ...{ funding: funding.length || home.funding ? funding : null },
      top_up_from: funding.includes("top_up") ? Number(valueOf(topUp)) || null : null,
      respite_nights: funding.includes("respite") ? Number(valueOf(nights)) || null : null,
    };
  };
  return {
    element: [boxes, topUp, nights],
    read,
    errors: () => [
      ...wrong(valueOf(topUp), "top_up_from", "Smallest top-up must be whole pounds, such as 45"),
      ...wrong(valueOf(nights), "respite_nights", "Fewest nights must be a number, such as 7"),
      ...loose(valueOf(topUp), "top_up_from", "top_up"),
      ...loose(valueOf(nights), "respite_nights", "respite"),
    ],
  };
}

/**
 * @param {string} id
 * @param {string} label
 * @param {number | null | undefined} value
 */
function amount(id, label, value) {
  const text = value == null ? "" : String(value);
  return textField({ id, label, value: text, small: true, inputmode: "numeric" });
}

/** @param {Api.Home} home */
function assessmentFields(home) {
  const boxes = checkboxes({
    id: "assesses_by",
    legend: "How do you assess someone before you admit them?",
    options: Object.entries(ASSESSMENTS),
    checked: home.assesses_by || [],
  });
  const label = "Within how many hours of being asked?";
  const within = amount("assesses_within_hours", label, home.assesses_within_hours);
  /** @returns {DeclarationEdit} */
  const read = () => ({
    assesses_by: checkedValues(boxes).length ? checkedValues(boxes) : null,
    assesses_within_hours: Number(valueOf(within)) || null,
  });
  const isWrong = () => {
    const value = valueOf(within);
    return Boolean(value) && !(/^[1-9]\d{0,2}$/.test(value) && Number(value) <= MOST_HOURS);
  };
  const text = `Hours until you assess must be a number up to ${MOST_HOURS}, such as 24`;
  return {
    element: [boxes, within],
    read,
    errors: () => (isWrong() ? [{ href: "#assesses_within_hours", text }] : []),
  };
}

/** @param {Api.Home} home */
function hoursFields(home) {
  const hours = home.admission_hours;
  const fields = DAYS.map(([day, label]) => {
    const periods = hours && hours[day];
    return textField({
      ...{ id: day, label, value: periods ? periodsInWords(periods) : "" },
      ...(day === "monday" && { hint: "For example, 8am to 8pm. Write none for a day without." }),
      ...(day === "bank_holiday" && { hint: "Leave empty if they are like other days." }),
    });
  });
  const copy = button("Use Monday's hours for every day", {
    kind: "link",
    onClick: () => {
      const inputs = fields.map((each) => each.querySelector("input"));
      const [monday, ...others] = inputs;
      for (const input of others.slice(0, -1)) if (input && monday) input.value = monday.value;
    },
  });
  const sameDay = textField({
    ...{ id: "same_day_before", label: "Latest time to ask for the same day", small: true },
    hint: "For example, 2pm. Leave empty if there is none.",
    value: (hours && hours.same_day_before) || "",
  });
  const texts = () => fields.map((each, number) => ({ day: DAYS[number], text: valueOf(each) }));
  const isEmpty = () => texts().every(({ text }) => !text) && !valueOf(sameDay);
  /** @returns {DeclarationEdit} */
  const read = () => {
    if (isEmpty()) return { admission_hours: null };
    const days = texts()
      .filter(({ day, text }) => day[0] !== "bank_holiday" || text)
      .map(({ day, text }) => [day[0], readPeriods(text)]);
    const before = readClock(valueOf(sameDay));
    return {
      admission_hours: { ...Object.fromEntries(days), ...(before && { same_day_before: before }) },
    };
  };
  /** @returns {FieldError[]} */
  const errors = () => {
    if (isEmpty()) return [];
    const wrong = texts().flatMap(({ day: [id, label], text }) => {
      // A day that was left out must not become a day without admissions.
      const isMissing = !text && id !== "bank_holiday";
      const why = isMissing ? "is empty: give hours, or write none" : problemIn(text);
      return why ? [{ href: `#${id}`, text: `${label} ${why}` }] : [];
    });
    const time = readClock(valueOf(sameDay));
    const isNoTime = Boolean(valueOf(sameDay)) && (!time || time === "24:00");
    const text = "Latest time must be a time before midnight, such as 2pm";
    return isNoTime ? [...wrong, { href: "#same_day_before", text }] : wrong;
  };
  const heading = h("h2", { class: "nhsuk-heading-m" }, "When do you admit people?");
  return { element: [heading, fields[0], copy, fields.slice(1), sameDay], read, errors };
}

/** @param {Api.Home} home */
function otherUses(home) {
  const own = Object.keys(home.beds);
  const also = home.also_as || {};
  const boxes = own.map((category) =>
    checkboxes({
      id: `also-${category}`,
      legend: `May your ${lowerFirst(CATEGORIES[category])} beds be used as another kind?`,
      hint: "Teams that search for that kind then find them. They are counted once.",
      options: Object.entries(CATEGORIES).filter(([each]) => each !== category),
      checked: also[category] || [],
      small: true,
    }),
  );
  /** @returns {DeclarationEdit} */
  const read = () => {
    const uses = own.map((each, number) => {
      const others = checkedValues(boxes[number]);
      return /** @type {const} */ ([each, others.length ? others : null]);
    });
    return { also_as: Object.fromEntries(uses.filter(([each, to]) => to || also[each])) };
  };
  return { element: boxes, read, errors: () => /** @type {FieldError[]} */ ([]) };
}
