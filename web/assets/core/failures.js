// The ways in which a request can fail.

/** Nobody knows whether the request was carried out: send it again with the same key. */
export class NoResponse extends Error {}

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
