import assert from "node:assert/strict";
import { test } from "node:test";

import {
  NoResponse,
  Refusal,
} from "../../../../../web/assets/core/failures.js";
import {
  AccountExpired,
  answerOf,
} from "../../../../../web/assets/pages/second-step/account.js";

const answer = (status, type) => ({
  status,
  ok: status < 400,
  text: JSON.stringify({ __type: type, message: "said by Cognito" }),
});

test("what the user pool answers is read", () => {
  assert.deepEqual(
    answerOf({ status: 200, ok: true, text: '{"SecretCode":"A"}' }),
    {
      SecretCode: "A",
    },
  );
  assert.deepEqual(answerOf({ status: 200, ok: true, text: "" }), {});
});

test("a wrong code is told at the field, whichever way the user pool says it", () => {
  for (const type of [
    "CodeMismatchException",
    "EnableSoftwareTokenMFAException",
    "com.amazonaws.cognito#ExpiredCodeException",
  ]) {
    assert.throws(
      () => answerOf(answer(400, type)),
      (error) =>
        error instanceof Refusal && error.problem.errors[0].field === "code",
    );
  }
});

test("a token that is no longer taken means starting again", () => {
  assert.throws(
    () => answerOf(answer(400, "NotAuthorizedException")),
    AccountExpired,
  );
});

test("a busy or broken user pool is told as such, not as a fault of the person", () => {
  for (const [status, type, told] of [
    [400, "TooManyRequestsException", 429],
    [400, "LimitExceededException", 429],
    [500, "InternalErrorException", 500],
  ]) {
    assert.throws(
      () => answerOf(answer(status, type)),
      (error) => error instanceof NoResponse && error.status === told,
    );
  }
  assert.throws(
    () => answerOf({ status: 200, ok: true, text: "<html>" }),
    NoResponse,
  );
});

test("any other refusal repeats nothing of the user pool's words", () => {
  assert.throws(
    () => answerOf(answer(400, "UserNotConfirmedException")),
    (error) => error instanceof Refusal && !/Cognito/.test(error.message),
  );
});
