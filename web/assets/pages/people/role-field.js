// The fields in which a role is chosen: its kind, and which home or team.

import { selectField, textField, valueOf } from "../../components/field.js";
import { fill, h } from "../../core/dom.js";
import { homeOption, readRole, ROLE_KINDS } from "./roles.js";

const HOMES_LIST = "homes-list";

/** @typedef {import("./roles.js").RoleKind} RoleKind */

/**
 * @typedef {object} RoleInput
 * @property {string | undefined} role
 * @property {FieldError[]} errors
 */

/**
 * Make the list of homes that the fields suggest; `show` fills it. An id works without it.
 */
export function homesList() {
  const element = h("datalist", { id: HOMES_LIST });
  /** @param {readonly Api.OverviewHome[]} homes */
  const show = (homes) =>
    fill(
      element,
      homes.map((home) => h("option", { value: homeOption(home) })),
    );
  return { element, show };
}

/**
 * Make the fields; `id` gives that of the one which says which home or team.
 * @param {string} prefix of the fields' ids
 */
export function roleFields(prefix) {
  const place = h("div", null);
  const kindField = selectField({
    ...{ id: `${prefix}-kind`, label: "Role", value: "home", options: ROLE_KINDS },
    change: () => showField(),
  });
  let field = roleField("home", prefix);
  const showField = () => {
    field = roleField(/** @type {RoleKind} */ (valueOf(kindField)), prefix);
    fill(place, field.element);
  };
  showField();
  return {
    element: h("div", null, kindField, place),
    id: () => field.id,
    read: () => field.read(),
  };
}

/**
 * Make the field for which home, or which team; of the council there is only one.
 * @param {RoleKind} kind
 * @param {string} prefix of the field's id
 */
export function roleField(kind, prefix) {
  const id = kind === "council" ? `${prefix}-kind` : `${prefix}-${kind}`;
  const element = fieldOf(kind, id);
  /** @returns {RoleInput} */
  const read = () => {
    const { role, problem } = readRole(kind, kind === "council" ? "" : valueOf(element));
    return { role, errors: problem ? [{ href: `#${id}`, text: problem }] : [] };
  };
  return { element, id, read };
}

/**
 * @param {RoleKind} kind
 * @param {string} id
 */
function fieldOf(kind, id) {
  if (kind === "home") {
    return textField({
      id,
      label: "Name of the home",
      hint: "Type part of the name and choose the home, or type its CQC location ID",
      list: HOMES_LIST,
      maxlength: 240,
    });
  }
  if (kind === "team") {
    return textField({
      id,
      label: "Name of the team",
      hint: "Use the same name for every member, such as Exeter discharge. Teams only see their own alerts.",
      maxlength: 40,
    });
  }
  const hint =
    "Council officers see every home, import homes and manage people, including other officers.";
  return h("p", { class: "nhsuk-hint" }, hint);
}
