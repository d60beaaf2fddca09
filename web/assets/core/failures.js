// The ways in which asking can fail.

// It cannot be known whether the request was carried out: ask again with the same key.
export class NoAnswer extends Error {}

export class SignInNeeded extends Error {}

// `problem` is problem+json (RFC 9457): what is wrong, and with which fields.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `status ${status}`);
    this.status = status;
    this.problem = problem;
  }
}
