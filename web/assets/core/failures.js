// The ways in which a request can fail.

/** It is not known whether the request was carried out: send it again with the same key. */
export class NoResponse extends Error {
  /**
   * @param {string} [message]
   * @param {number | null} [status] that Bedboard answered with; null where nothing reached it
   */
  constructor(message, status = null) {
    super(message);
    this.status = status;
  }
}

/** The person has to sign in first. */
export class SignInNeeded extends Error {}

/** The API refused the request: the problem says what is wrong, and with which fields. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {Api.Problem} problem
   */
  constructor(status, problem) {
    super(problem.detail || problem.title || `status ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * Say why there is no response: a heading, and what to do. A fault of Bedboard is not told as one of
 * the connection, for which people would look at their phone.
 * @param {{ status: number | null }} failure
 * @returns {{ heading: string, text: string }}
 */
export function noResponseInWords({ status }) {
  if (status === null) {
    const text = "Bedboard could not be reached. Check your connection, then try again.";
    return { heading: "No connection", text };
  }
  if (status === 429) {
    return {
      heading: "Bedboard is busy",
      text: "Your connection works. Wait a minute, then try again.",
    };
  }
  if (status === 403) {
    return {
      heading: "A firewall blocked this",
      text:
        "Your connection works, but your network or Bedboard took this for an attack. Try another " +
        "network. If it happens again, tell your council the time and what you typed.",
    };
  }
  return {
    heading: "Bedboard is not working",
    text: "Your connection works. The fault is ours. Try again in a few minutes.",
  };
}

/** @typedef {{ status: number, problem: Api.Problem }} Refused */

/**
 * Write why the API refused a request, a sentence for each thing that is wrong.
 * @param {Refused} refusal
 */
export function refusalInWords({ status, problem }) {
  if (status === 403) return ["You are not allowed to do this. Ask your council for access."];
  if (status === 404) return ["We cannot find this. It may have been removed."];
  if (problem.errors && problem.errors.length) {
    return problem.errors.map(({ field, detail }) => `${field}: ${detail}`);
  }
  return [problem.detail || `Bedboard refused this (status ${status}).`];
}

/**
 * List what is wrong with each field of a form; null where no field is to blame.
 * @param {Refused} refusal
 * @param {Record<string, { id: string | null | undefined, name: string }>} fields by their names in
 *   the API: the id of the input and what people call it
 * @returns {FieldError[] | null}
 */
export function errorsAtFields({ problem }, fields) {
  if (!problem.errors || !problem.errors.length) return null;
  return problem.errors.map(({ field, detail }) => {
    const { id = null, name = field.split(".", 1)[0] } = fields[field.split(".", 1)[0]] || {};
    const sentence = detail.replace(/^Value error, /, "");
    return { text: `${name}: ${sentence}`, href: id ? `#${id}` : null };
  });
}
