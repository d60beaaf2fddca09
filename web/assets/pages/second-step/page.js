// The page on which someone sets up a second step for their sign-in, sees that it is on, or adds
// another app in place of the one on a lost phone.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { notice } from "../../components/notice.js";
import { openPage, showFailure } from "../../components/page.js";
import { statusMessage } from "../../components/status-message.js";
import { signInToAccount, takeAccountToken } from "../../core/account-sign-in.js";
import { config } from "../../core/config.js";
import { fill, find, focusOn, h } from "../../core/dom.js";
import { AccountExpired, accountAt } from "./account.js";
import { needInWords } from "./key-text.js";
import { doneNotice, setUpForm } from "./set-up.js";

openPage({ isFor: () => true }, async (main, { me, council }) => {
  const { account: settings } = (await config()).sign_in;
  if (!settings) return fill(main, elsewhere(council));
  const token = await takeAccountToken();
  if (!token) return fill(main, introduction(me, settings.second_step_for));
  const account = accountAt(settings.url, token);

  /** @param {unknown} error */
  function fail(error) {
    if (error instanceof AccountExpired) return startAgain();
    return showFailure(main, error);
  }

  /** @param {string} email */
  async function setUp(email) {
    const key = { secret: await account.addApp(), email, council: council.name };
    const status = statusMessage();
    let isChecked = false;
    const onCode = async (/** @type {string} */ code) => {
      // The code works once. What is left may be tried again.
      if (!isChecked) await account.checkApp(code);
      isChecked = true;
      await account.turnOn();
      await account.signOutEverywhere();
      show(doneNotice());
    };
    const onFailure = (/** @type {unknown} */ error) =>
      error instanceof AccountExpired ? startAgain() : status.showFailure(error);
    show(status.element, setUpForm({ key, onCode, onFailure }));
  }

  function startAgain() {
    show(
      notice("warning", "Start again", h("p", null, "This took too long. Nothing has changed.")),
      introduction(me, settings ? settings.second_step_for : "nobody"),
    );
  }

  /** @param {...Children} content */
  function show(...content) {
    fill(main, content);
    focusOn(find(main, "h1", HTMLElement));
  }

  try {
    const { email, hasSecondStep } = await account.load();
    if (!hasSecondStep) return await setUp(email);
    return fill(
      main,
      isOn(() => setUp(email).catch(fail)),
    );
  } catch (error) {
    return fail(error);
  }
});

/**
 * @param {Me} me
 * @param {SecondStepFor} requiredFor
 */
function introduction(me, requiredFor) {
  const heading = me.needsSecondStep ? needInWords(requiredFor) : "Second step when you sign in";
  return [
    h("h1", { class: "nhsuk-heading-l" }, heading),
    h(
      "p",
      null,
      "With a second step nobody can sign in as you with your password alone. After the password we ",
      "ask for a code from an app on your phone.",
    ),
    h(
      "p",
      null,
      "You need an authenticator app, such as Microsoft Authenticator or Google Authenticator. It is ",
      "free, and takes about 3 minutes to set up.",
    ),
    details("I do not have a smartphone", [
      h(
        "p",
        null,
        "An app on your computer or a password manager can show the codes too. Ask your IT team.",
      ),
    ]),
    details("I have lost my phone", [
      h("p", null, "If you can still sign in, continue, and add another app."),
      h("p", null, "If you cannot, ask your council to reset your second step."),
    ]),
    h("p", null, "You may have to enter your password once more."),
    button("Continue", { onClick: () => signInToAccount(location.pathname) }),
  ];
}

/** @param {() => unknown} onAnother */
function isOn(onAnother) {
  return [
    h("h1", { class: "nhsuk-heading-l" }, "Second step when you sign in"),
    notice(
      "success",
      "Your second step is on",
      h("p", null, "When you sign in, we ask for your password and then for a code from your app."),
    ),
    h("h2", { class: "nhsuk-heading-m" }, "Use another app or phone"),
    h(
      "p",
      null,
      "Set up the new one while you can still sign in. The app that you use now then no longer works.",
    ),
    button("Set up another app", { kind: "secondary", onClick: onAnother }),
  ];
}

/** @param {Council} council */
function elsewhere(council) {
  return [
    h("h1", { class: "nhsuk-heading-l" }, "Second step when you sign in"),
    h(
      "p",
      null,
      `You sign in with ${council.name}'s own service. Ask its IT team about a second step.`,
    ),
  ];
}
