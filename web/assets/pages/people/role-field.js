// A role in words, and the fields in which one is chosen.

import { selectField, textField, valueOf } from "../../components/field.js";
import { fill, h } from "../../core/dom.js";
import { teamName } from "../../text/format.js";
import { HOMES_LIST } from "./home-picker.js";

const KINDS = [
  ["home", "Staff of a care home"],
  ["team", "Member of a discharge team"],
  ["council", "The council"],
];

// "Staff of Larkrise House (1-9000000001)"
export function roleInWords({ role, home }) {
  if (role === "council") return "The council";
  const [kind, ...rest] = role.split(":");
  const name = rest.join(":");
  if (kind === "team") return `Discharge team ${teamName(name)}`;
  return home ? `Staff of ${home} (${name})` : `Staff of home ${name}, which is not here`;
}

// "exeter-discharge" of "Exeter discharge"
function slugOf(text) {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

// Fields to choose a role with; `prefix` makes their ids the page's own. Answers the element,
// `id()` of the field that says which, and `read()`: {role}, or {problem} for the summary.
export function roleFields({ prefix, label, homes }) {
  const which = h("div", null);
  let field = null;
  const kind = selectField({
    ...{ id: `${prefix}-kind`, label, value: KINDS[0][0], options: KINDS },
    change: () => ask(),
  });
  const ask = () => {
    field = roleField(valueOf(kind), { prefix, homes });
    fill(which, field.element);
  };
  ask();
  return { element: h("div", null, kind, which), id: () => field.id, read: () => field.read() };
}

// The field that says which home, or which team: the same without the choice of a kind.
export function roleField(kind, { prefix, homes }) {
  const id = kind === "council" ? `${prefix}-kind` : `${prefix}-${kind}`;
  const element = fieldOf(kind, id);
  const problem = (text) => ({ problem: { href: `#${id}`, text } });
  const read = () => {
    if (kind === "council") return { role: kind };
    if (kind === "home") {
      const home = homes.idOf(valueOf(element));
      return home
        ? { role: `home:${home}` }
        : problem("Choose a home from the list, or enter its ID");
    }
    const slug = slugOf(valueOf(element));
    return slug
      ? { role: `team:${slug}` }
      : problem("Enter the team's name, such as Exeter discharge");
  };
  return { element, id, read };
}

function fieldOf(kind, id) {
  if (kind === "home") {
    return textField({
      id,
      label: "Which home",
      hint: "Type a part of its name and choose it, or type its CQC location ID",
      list: HOMES_LIST,
      maxlength: 240,
    });
  }
  if (kind === "team") {
    return textField({
      id,
      label: "Name of the team",
      hint: "The same for all its members, such as Exeter discharge. It sees its own alerts.",
      maxlength: 40,
    });
  }
  const may = "Sees every home, imports homes, and manages people: others of the council, too.";
  return h("p", { class: "nhsuk-hint" }, may);
}
