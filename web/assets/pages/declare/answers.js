// What a home has answered, group by group, and what an edit would change. Needs no browser.

import { dayInWords } from "../../text/dates.js";
import { NEEDS, SUGGESTIONS } from "../../text/needs.js";

/**
 * @typedef {import("../../text/needs.js").Need} Need
 *
 * What is asked for, and what is sent: as `PATCH /homes/{id}` takes it.
 * @typedef {Partial<Omit<Api.Declaration, "needs" | "needs_said_on">>
 *   & { needs?: Record<string, Api.Answer | null> }} DeclarationEdit
 */

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * List the needs of a group, in the order in which they are asked.
 * @param {string} group
 * @returns {[id: string, need: Need][]}
 */
export function needsOf(group) {
  return Object.entries(NEEDS).filter(([, need]) => need.group === group);
}

/**
 * Say how far a home has come with a group: "Not answered yet", "5 of 14 answered", "All 14 answered,
 * on 3 November 2025".
 * @param {string} group
 * @param {Api.Declaration} home
 */
export function progressInWords(group, home) {
  const needs = needsOf(group);
  const answered = needs.filter(([id]) => home.needs && home.needs[id]).length;
  if (!answered) return "Not answered yet";
  const day = home.needs_said_on && home.needs_said_on[group];
  const when = day ? `, on ${dayInWords(day)}` : "";
  // A home lists the languages that its staff speak: those that it leaves out are not open questions.
  if (group === "language") return `${answered} listed${when}`;
  const how = answered === needs.length ? `All ${answered}` : `${answered} of ${needs.length}`;
  return `${how} answered${when}`;
}

/**
 * Say whether what a home said of a group is a year old, so that it should look again.
 * @param {string} group
 * @param {Api.Declaration} home
 * @param {Date} now
 */
export function isOld(group, home, now) {
  const day = home.needs_said_on && home.needs_said_on[group];
  return Boolean(day) && now.getTime() - Date.parse(String(day)) > YEAR_MS;
}

/**
 * Give the edit that says what was chosen in a group. All that is answered is said again, so that the
 * group counts as gone through; what was taken back is null.
 * @param {string} group
 * @param {Api.Declaration} home
 * @param {Record<string, Api.Answer | undefined>} chosen
 * @returns {DeclarationEdit}
 */
export function editOf(group, home, chosen) {
  const before = home.needs || {};
  /** @type {Record<string, Api.Answer | null>} */
  const needs = {};
  for (const [id] of needsOf(group)) {
    const answer = chosen[id];
    if (answer) needs[id] = answer;
    else if (before[id]) needs[id] = null;
  }
  return { needs };
}

/**
 * Say whether what is chosen in a group is what was saved.
 * @param {string} group
 * @param {Api.Declaration} home
 * @param {Record<string, Api.Answer | undefined>} chosen
 */
export function isAsSaved(group, { needs = {} }, chosen) {
  return needsOf(group).every(([id]) => (chosen[id] || "") === (needs[id] || ""));
}

/**
 * Join two edits; the later one counts where both say something.
 * @param {DeclarationEdit} earlier
 * @param {DeclarationEdit} later
 * @returns {DeclarationEdit}
 */
export function joined(earlier, later) {
  const needs = { ...earlier.needs, ...later.needs };
  const also = { ...earlier.also_as, ...later.also_as };
  return {
    ...{ ...earlier, ...later },
    ...(Object.keys(needs).length && { needs }),
    ...(Object.keys(also).length && { also_as: also }),
  };
}

/**
 * Give a home as it will be once an edit has been sent.
 * @template {Api.Declaration} Home
 * @param {Home} home
 * @param {DeclarationEdit} edit
 * @returns {Home}
 */
export function edited(home, { needs = {}, ...terms }) {
  const merged = { ...home.needs, ...needs };
  const kept = Object.entries(merged).filter(([, answer]) => answer);
  return { ...home, ...terms, needs: Object.fromEntries(kept) };
}

/**
 * Give the warnings that stand after an edit was saved: those of it, and of answers that it left alone.
 * @param {readonly Api.Warning[]} earlier
 * @param {DeclarationEdit} edit
 * @param {readonly Api.Warning[]} told
 * @returns {Api.Warning[]}
 */
export function warningsAfter(earlier, edit, told) {
  const said = edit.needs || {};
  const left = earlier.filter(({ need }) => (NEEDS[need] ? !(need in said) : !edit.funding));
  return [...left.filter(({ need }) => !told.some((each) => each.need === need)), ...told];
}

/**
 * Say why accepting a funding is odd; null where it is not.
 * @param {readonly string[]} chosen
 * @param {{ nursing?: boolean }} home
 */
export function fundingDoubt(chosen, { nursing }) {
  if (nursing || !chosen.includes("fnc")) return null;
  return (
    "NHS-funded nursing care is paid only to homes with nurses, and CQC's register has none for " +
    "this home. Leave it out, or tell CQC and your council if the register is wrong."
  );
}

/**
 * Say whether an answer is doubtful: a need that takes nurses, at a home that has none.
 * @param {string} id
 * @param {Api.Answer | undefined} answer
 * @param {{ nursing?: boolean }} home
 */
export function isDoubtful(id, answer, { nursing }) {
  return answer === "yes" && Boolean(NEEDS[id].needsNurses) && !nursing;
}

/**
 * Give the answer that CQC's register suggests for a need, and why; undefined where it says nothing
 * of it. Nothing is answered by that.
 * @param {string} id
 * @param {{ nursing?: boolean, service_user_bands?: readonly string[] }} home
 */
export function suggestionFor(id, { nursing, service_user_bands: bands = [] }) {
  const rule = SUGGESTIONS.find(
    ({ band, answers }) => answers[id] && (band ? bands.includes(band) : nursing),
  );
  return rule && { answer: rule.answers[id], why: rule.why };
}
