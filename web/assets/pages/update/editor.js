// The form: "nothing has changed" in one tap, or the numbers, then Save.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { showErrors } from "../../components/error-summary.js";
import { freshnessTag } from "../../components/freshness-tag.js";
import { fill, h } from "../../core/dom.js";
import { dayOf } from "../../text/dates.js";
import { ageInWords, freshness } from "../../text/freshness.js";
import { plural } from "../../text/format.js";
import { CATEGORIES } from "../../text/vocabulary.js";
import { admission, problemsOfAdmission } from "./admission.js";
import { categoriesOf, changesInWords, edited, fieldsOf, problemsOf } from "./bed-counts.js";
import { card } from "./category-card.js";
import { remindUs } from "./reminders-panel.js";

// Fills `main`. `notice`: what is said above; `onDraft(edits)` after every change;
// `onSend({edits, admission})` once nothing is wrong; both are empty for "nothing has changed".
export function editor(main, { home, edits, notice, justSaved, onDraft, onSend }) {
  const cards = {};
  const grid = h("div", { class: "cards" });
  const adding = h("div", null);
  const unchanged = h("div", { class: "unchanged" });
  const bar = h("div", { class: "save-bar", role: "region", "aria-label": "Save" });
  const never = !home.confirmed_at;

  const change = (category, name, text) => {
    edits = edited(home, edits, category, name, text);
    cards[category].show(
      { ...fieldsOf(home, edits, category), [name]: text },
      Boolean(edits[category]),
    );
    onDraft(edits);
    showState();
  };

  const addCard = (category) => {
    cards[category] = card({
      ...{ category, home, edits },
      isNew: !home.beds[category],
      onChange: (name, text) => change(category, name, text),
    });
    const order = Object.keys(CATEGORIES);
    const after = Object.keys(cards).find((each) => order.indexOf(each) > order.indexOf(category));
    grid.insertBefore(cards[category].element, after ? cards[after].element : null);
  };

  const add = (category) => {
    edits = { ...edits, [category]: { maximum_capacity: "" } };
    addCard(category);
    onDraft(edits);
    showState();
    document.getElementById(`${category}-maximum_capacity`).focus();
  };

  const showState = () => {
    const lines = changesInWords(home, edits);
    const dirty = lines.length > 0;
    fill(unchanged, dirty ? notSaved() : !justSaved && !never && confirmButton());
    unchanged.hidden = !dirty && (justSaved || never);
    fill(bar, dirty && saveContent(lines));
    bar.hidden = !dirty;
    fill(
      adding,
      Object.keys(CATEGORIES)
        .filter((each) => !cards[each])
        .map(addButton),
    );
  };

  const send = (decided) => {
    const today = dayOf(new Date());
    const problems = problemsOf(home, edits, today).map(({ category, name, text }) => ({
      text,
      href: `#${category || Object.keys(edits)[0]}-${name}`,
    }));
    if (decided) problems.push(...problemsOfAdmission(decided, today));
    showErrors(main, problems);
    if (!problems.length) onSend({ edits, admission: decided });
  };

  const confirmButton = () => [
    button("Nothing has changed", { onClick: () => onSend({ edits: {}, admission: null }) }),
    h("p", null, "One tap says that everything below is still right."),
  ];
  const notSaved = () =>
    h(
      "p",
      { class: "unchanged__not" },
      h("strong", null, "Not saved yet. "),
      "Save at the bottom of the screen.",
    );
  const saveContent = (lines) => [
    h(
      "p",
      { "aria-live": "polite" },
      lines.length > 2 ? plural(lines.length, "change") : lines.join(". "),
    ),
    h(
      "div",
      { class: "save-bar__buttons" },
      button("Save", { onClick: () => send(null) }),
      button("Undo", { kind: "link", onClick: undo }),
    ),
  ];
  const addButton = (category) =>
    h(
      "div",
      null,
      button(`Add ${CATEGORIES[category].toLowerCase()}`, {
        kind: "link",
        onClick: () => add(category),
      }),
    );
  function undo() {
    onDraft({});
    editor(main, { home, edits: {}, notice, justSaved, onDraft, onSend });
    main.querySelector("h1").scrollIntoView();
  }

  categoriesOf(home, edits).forEach(addCard);
  showState();
  fill(
    main,
    notice,
    h("h1", { class: "nhsuk-heading-l nhsuk-u-margin-bottom-2" }, home.name),
    freshnessTag(freshness(home.confirmed_at), ageInWords(home.confirmed_at)),
    unchanged,
    h("h2", { class: "nhsuk-heading-m" }, "Beds"),
    never && h("p", null, "Which kinds of beds do you have? Add each, then say how many."),
    grid,
    details("Add a kind of bed", adding, { open: never }),
    admission({ home, onSet: send }),
    remindUs(home),
    bar,
  );
}
