// Roles in words, and as people type them. Needs no browser.

import { teamName } from "../../text/format.js";

/** @typedef {"home" | "team" | "council"} RoleKind */
/** @typedef {import("../../components/field.js").Option} Option */

/** @type {readonly Option[]} */
export const ROLE_KINDS = [
  ["home", "Care home staff"],
  ["team", "Discharge team member"],
  ["council", "Council officer"],
];

/** What copying adds and nobody sees: zero-width spaces, soft hyphens, marks of direction. */
const INVISIBLE = /\p{Cf}/gu;

/**
 * Write a role: "Care home staff: Larkrise House (1-9000000001)".
 * @param {Api.Person["roles"][number]} role
 */
export function roleInWords({ role, home, registration }) {
  if (role === "council") return "Council officer";
  const [kind, ...rest] = role.split(":");
  const id = rest.join(":");
  if (kind === "team") return `Discharge team member: ${teamName(id)}`;
  if (!home) return `Care home staff: ${id}, no longer listed`;
  const staff = `Care home staff: ${home} (${id})`;
  if (!registration) return staff;
  const state = registration === "dormant" ? "dormant at CQC" : "no longer registered at CQC";
  return `${staff}, ${state} and not in search`;
}

/**
 * Say what it means for someone to have no role. Only someone whose account works can sign in.
 * @param {Api.Person["state"]} state
 */
export function noRoleInWords(state) {
  const consequence = {
    active: "This person can sign in but cannot see anything.",
    waiting: "When this person signs in, they will not see anything.",
    disabled: "If you enable this account, give it a role too.",
  };
  return `No role. ${consequence[state]}`;
}

/**
 * Make the slug of a team of its name: "exeter-discharge" for "Exeter discharge".
 * @param {string} name
 */
export function teamSlug(name) {
  return name
    .replace(INVISIBLE, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/**
 * Write a home as it stands in the list to choose from.
 * @param {{ name: string, location_id: string }} home
 */
export function homeOption({ name, location_id: id }) {
  return `${name} (${id})`;
}

/**
 * Read the location id of a home, typed alone or chosen from the list; null where there is none.
 * @param {string} text
 */
export function homeIdIn(text) {
  const typed = text.replace(INVISIBLE, "").trim();
  const [, inBrackets] = /\(([^()]+)\)$/.exec(typed) || [];
  const id = (inBrackets || typed)
    .trim()
    .toUpperCase()
    .replace(/\u2011/g, "-");
  return /^(1-[0-9]{5,12}|(?=[0-9]*[A-Z])[A-Z0-9]{4,12})$/.test(id) ? id : null;
}

/**
 * Read a role: the role, or what is wrong with the text.
 * @param {RoleKind} kind
 * @param {string} text the home or the name of the team
 * @returns {{ role: string, problem?: undefined } | { role?: undefined, problem: string }}
 */
export function readRole(kind, text) {
  if (kind === "council") return { role: kind };
  if (kind === "home") {
    const id = homeIdIn(text);
    return id
      ? { role: `home:${id}` }
      : { problem: "Choose a home from the list, or enter its CQC location ID" };
  }
  const slug = teamSlug(text);
  return slug
    ? { role: `team:${slug}` }
    : { problem: "Enter the name of the team, such as Exeter discharge" };
}

/**
 * Say what is wrong with an email address. The API reads it, also with the name before it, as in
 * "Ann Carer <a.carer@example.org>", and checks it more strictly.
 * @param {string} email
 */
export function emailProblem(email) {
  return /[^@\s]@[^@\s]+\.[^@\s]/.test(email)
    ? null
    : "Enter an email address, such as a.carer@example.org";
}
