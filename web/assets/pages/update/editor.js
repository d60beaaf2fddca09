// The form of the update page: "Nothing has changed" in one tap, or new bed counts, then Save.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { showErrors } from "../../components/error-summary.js";
import { notice } from "../../components/notice.js";
import { fill, find, focusOn, h } from "../../core/dom.js";
import {
  NoResponse,
  noResponseInWords,
  Refusal,
  refusalInWords,
  SignInNeeded,
} from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { ageInWords, dayOf } from "../../text/dates.js";
import { capitalised, plural } from "../../text/format.js";
import { admissionInWords, CATEGORIES } from "../../text/vocabulary.js";
import { admissionSection } from "./admission.js";
import {
  categoriesOf,
  CATEGORY_ORDER,
  changesInWords,
  fieldsOf,
  likelyCategories,
  problemsIn,
  problemsInAdmission,
  registrationInWords,
  withEdit,
} from "./bed-counts.js";
import { categoryCard } from "./category-card.js";
import { passedDays } from "./passed-days.js";

/**
 * @typedef {import("./bed-counts.js").EditableHome} EditableHome
 * @typedef {import("./bed-counts.js").Edits} Edits
 *
 * What the person sends; without edits and admission, that nothing has changed.
 * @typedef {{ edits: Edits, admission: Api.AdmissionStatus | null }} Decision
 *
 * @typedef {object} EditorOptions
 * @property {EditableHome} home
 * @property {Edits} edits
 * @property {Child} [message] what stands above the form
 * @property {Child} [question] what stands above "Nothing has changed"
 * @property {boolean} [justSaved] whether there is nothing to confirm
 * @property {(edits: Edits) => unknown} onDraft called after every change
 * @property {(decision: Decision) => unknown} onSend called where nothing is wrong
 */

/**
 * Show the form.
 * @param {HTMLElement} main
 * @param {EditorOptions} options
 */
export function showEditor(main, options) {
  const { home, message, justSaved, onDraft, onSend } = options;
  let { edits } = options;
  /** @type {Map<Api.BedCategory, import("./category-card.js").Card>} */
  const cards = new Map();
  const grid = h("div", { class: "cards" });
  const addButtons = h("div", null);
  const confirmation = h("div", { class: "unchanged" });
  const saveBar = h("div", { class: "save-bar", role: "region", "aria-label": "Save" });
  const isNew = !home.confirmed_at;
  const isClosed = home.admission_status.status === "closed";

  /** @param {Api.BedCategory} category */
  function addCard(category) {
    const card = categoryCard({
      ...{ category, home, edits },
      onChange: (name, text) => {
        edits = withEdit(home, edits, category, name, text);
        const fields = { ...fieldsOf(home, edits, category), [name]: text };
        card.show(fields, Boolean(edits[category]));
        changed();
      },
    });
    const rank = CATEGORY_ORDER.indexOf(category);
    const next = CATEGORY_ORDER.slice(rank).find((each) => cards.has(each));
    const nextCard = next && cards.get(next);
    grid.insertBefore(card.element, nextCard ? nextCard.element : null);
    cards.set(category, card);
  }

  /** @param {Api.BedCategory} category */
  function addCategory(category) {
    edits = { ...edits, [category]: { maximum_capacity: "" } };
    addCard(category);
    changed();
    find(document, `#${category}-maximum_capacity`, HTMLElement).focus();
  }

  function changed() {
    onDraft(edits);
    showState();
  }

  function showState() {
    const lines = changesInWords(home, edits);
    const dirty = lines.length > 0;
    const canConfirm = !justSaved && !isNew;
    fill(confirmation, dirty ? unsavedHint() : canConfirm && confirmContent());
    confirmation.hidden = !dirty && !canConfirm;
    fill(saveBar, dirty && saveContent(lines));
    saveBar.hidden = !dirty;
    showAddButtons();
  }

  function showAddButtons() {
    const likely = likelyCategories(home);
    const absent = CATEGORY_ORDER.filter((each) => !cards.has(each));
    const others = absent.filter((each) => !likely.includes(each));
    fill(
      addButtons,
      absent.filter((each) => likely.includes(each)).map(addButton),
      others.length > 0 && details("Other kinds of bed", others.map(addButton)),
    );
  }

  /** @param {Api.BedCategory} category */
  function addButton(category) {
    const text = `Add ${CATEGORIES[category].toLowerCase()}`;
    return h("div", null, button(text, { kind: "link", onClick: () => addCategory(category) }));
  }

  function confirmContent() {
    return [
      button("Nothing has changed", { onClick: () => onSend({ edits: {}, admission: null }) }),
      h(
        "p",
        null,
        isClosed
          ? "Tap once if everything below is still right. The home stays closed."
          : "Tap once if everything below is still right.",
      ),
    ];
  }

  /** @param {readonly string[]} lines */
  function saveContent(lines) {
    const text = lines.length > 2 ? plural(lines.length, "change") : lines.join(". ");
    return [
      h("p", { "aria-live": "polite" }, text),
      h(
        "div",
        { class: "save-bar__buttons" },
        button("Save", { onClick: () => send(null) }),
        button("Undo", { kind: "link", onClick: undo }),
      ),
    ];
  }

  /** @param {Api.AdmissionStatus | null} admission */
  function send(admission) {
    const today = dayOf(new Date());
    /** @type {FieldError[]} */
    const errors = problemsIn(home, edits, today).map(({ category, name, text }) => ({
      ...{ text, href: `#${category}-${name}` },
    }));
    if (admission) errors.push(...problemsInAdmission(admission, today));
    showErrors(main, errors);
    if (!errors.length) onSend({ edits, admission });
  }

  function undo() {
    onDraft({});
    showEditor(main, { ...options, edits: {} });
    const heading = find(main, "h1", HTMLElement);
    heading.scrollIntoView();
    focusOn(heading);
  }

  categoriesOf(home, edits).forEach(addCard);
  showState();
  fill(
    main,
    message,
    h("h1", { class: "nhsuk-heading-l nhsuk-u-margin-bottom-2" }, home.name),
    isClosed && closedNotice(home),
    h("p", { class: "age" }, capitalised(ageInWords(home.confirmed_at))),
    !message && notInSearch(home),
    carriedOver(home),
    passedDays(home, dayOf(new Date())),
    options.question,
    confirmation,
    h("h2", { class: "nhsuk-heading-m" }, "Beds"),
    isNew && h("p", null, firstPosting(home)),
    grid,
    details("Add a kind of bed", addButtons, { open: isNew }),
    admissionSection(home.admission_status, send),
    reminders(home),
    saveBar,
  );
}

/** @param {EditableHome} home */
function closedNotice({ admission_status: status }) {
  const text = "Hospital teams do not see your vacancies. To reopen, go to Admissions below.";
  return notice("warning", admissionInWords(status), h("p", null, text));
}

/** @param {EditableHome} home */
function notInSearch(home) {
  const why = registrationInWords(home);
  return why && notice("warning", "This home is not in search", h("p", null, why));
}

/** @param {EditableHome} home */
function carriedOver({ location_id: id, home_before: before, confirmed_at: at = "" }) {
  if (!before) return null;
  const { has_questions: asks, vacancies_at: carried = "" } = before;
  const href = `/home.html?${new URLSearchParams({ id })}`;
  return [
    carried >= at && carried && h("p", null, "These counts are from the home's old location ID."),
    asks &&
      h("p", null, h("a", { href }, "Check what the home before said"), ": is it still right?"),
  ];
}

/** @param {EditableHome} home */
function firstPosting({ registered_beds: beds }) {
  const registered = beds ? ` CQC has registered ${plural(beds, "bed")} here.` : "";
  return `Add each kind of bed that you have. Then enter how many there are.${registered}`;
}

function unsavedHint() {
  const hint = "Tap Save at the bottom of the screen.";
  return h("p", { class: "unchanged__not" }, h("strong", null, "Not saved yet. "), hint);
}

/**
 * Make the section about reminders. It loads once it is opened: few people open it.
 * @param {EditableHome} home
 */
function reminders({ location_id: locationId, name }) {
  const place = h("div", null);
  let opened = false;
  const open = async (/** @type {Event} */ event) => {
    const { open: isOpen } = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (opened || !isOpen) return;
    opened = true;
    fill(place, h("p", { role: "status" }, "Loading…"));
    try {
      const { showReminders } = await import("./reminders.js");
      await showReminders(place, { locationId, name });
    } catch (error) {
      if (error instanceof SignInNeeded) return signIn();
      opened = false;
      const refused = error instanceof Refusal && refusalInWords(error).join(" ");
      // A module that did not load tells of no answer of Bedboard's.
      const failure = error instanceof NoResponse ? error : new NoResponse();
      const why = refused || `${noResponseInWords(failure).text} Close this and open it again.`;
      fill(place, h("p", { role: "alert" }, `Reminders did not load. ${why}`));
    }
    return undefined;
  };
  return details("Reminders", place, { onToggle: open });
}
