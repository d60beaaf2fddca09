// The requests of a press: the homes first, then people and members one by one.

import { request } from "../../core/api.js";
import { NoResponse, noResponseInWords, Refusal, refusalInWords } from "../../core/failures.js";

/** @typedef {import("./carry-words.js").Result} Result */

/**
 * Everyone on the staff of a home; null where people are managed elsewhere.
 * @param {string} locationId
 * @returns {Promise<Api.Person[] | null>}
 */
export async function staffOf(locationId) {
  /** @type {Api.Person[]} */
  const people = [];
  for (let after = null; ;) {
    const body = { role: `home:${locationId}`, ...(after && { after }) };
    try {
      const page = await request("POST", "/people/search", { body });
      people.push(...page.people);
      after = page.after;
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) return null;
      throw error;
    }
    if (!after) return people;
  }
}

/**
 * Give a person the role of the new id, then take that of the old one. Each can be repeated.
 * @param {Api.Person} person
 * @param {string} oldId
 * @param {string} newId
 * @returns {Promise<Result>}
 */
export async function movePerson({ person_id: id, email }, oldId, newId) {
  const role = (/** @type {string} */ home) => `/people/${id}/roles/home:${home}`;
  const key = `person:${id}`;
  const given = await attempt(key, email, () => request("PUT", role(newId)));
  if (given) return given;
  const text = `${email} has the new ID, but also still the old one`;
  const taken = await attempt(key, text, () => request("DELETE", role(oldId)));
  return taken || { key, text: `${email}: works with the new ID now.`, isDone: true };
}

/**
 * Invite a member of the old home's reminders to those of the new one.
 * @param {Api.OldMember} member
 * @param {string} oldId
 * @returns {Promise<Result>}
 */
export async function inviteMember({ member_id: id, address }, oldId) {
  const key = `member:${id}`;
  let text = `${address}: we sent a link. Someone has to open it within 48 hours.`;
  const failed = await attempt(key, address, async () => {
    const path = `/homes/${encodeURIComponent(oldId)}/successor/reminders`;
    /** @type {Api.OldMember} */
    const { at_successor: state } = await request("POST", path, { body: { member_id: id } });
    if (state === "confirmed") text = `${address}: gets the reminders of the new ID.`;
  });
  return failed || { key, text, isDone: true };
}

/**
 * Do one thing; the result where it does not work, so that the others go on.
 *
 * Throws what is no failure of a request.
 * @param {string} key
 * @param {string} about
 * @param {() => Promise<unknown>} act
 * @returns {Promise<Result | null>}
 */
async function attempt(key, about, act) {
  try {
    await act();
    return null;
  } catch (error) {
    const words = failureInWords(error);
    return { key, text: `${about}: not done. ${words}`, isDone: false };
  }
}

/** @param {unknown} error */
function failureInWords(error) {
  if (error instanceof NoResponse) return noResponseInWords(error).text;
  if (error instanceof Refusal) return refusalInWords(error).join(" ");
  throw error;
}
