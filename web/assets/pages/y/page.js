// The page behind the link in a reminder: the staff of a home say that nothing has changed, or what
// has, without signing in. Opening it writes nothing: programs that check emails open every link.

import { fill, find, focusOn, h } from "../../core/dom.js";
import { exchange } from "../../core/exchange.js";
import { NoResponse, noResponseInWords, Refusal, refusalInWords } from "../../core/failures.js";
import { ageInWords, categoryName, changeOf, countsOf, linesOf } from "./counts.js";

/**
 * @typedef {import("./counts.js").LinkedHome} LinkedHome
 * @typedef {import("./counts.js").Entered} Entered
 * @typedef {{ token?: string, code?: string }} Secret
 */

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const place = find(document, "#place", HTMLElement);
const token = location.hash.slice(1);
/** @type {Secret} */
let secret = { token };

if (token) {
  open();
} else {
  forgetAddress(); // it may hold a link that lost its form on the way
  askForCode();
}

async function open() {
  let home;
  try {
    ({ home } = await exchange("POST", "/links/look", { body: secret }));
  } catch (error) {
    if (isOver(error)) return askForCode("This link does not work any more");
    return fill(place, saying(...failureInWords(error)), button("Try again", open));
  }
  forgetAddress();
  const full = `/update.html?${new URLSearchParams({ home: home.location_id })}`;
  find(document, "#full", HTMLAnchorElement).href = full;
  return show(home);
}

/** Leave no link in the address, for the next person at this computer. */
function forgetAddress() {
  history.replaceState(null, "", "/y");
}

/**
 * Ask for the code of the message, which serves where the link lost its end on the way.
 * @param {string} [heading]
 */
function askForCode(heading = "Enter the code in the message") {
  const input = h("input", { id: "code", autocomplete: "off", autocapitalize: "characters" });
  const label = h("label", { for: "code" }, "Code, such as 7KQ2M-9XW4D");
  const hint = "Use the newest message, open the link in it again, or sign in on the full page.";
  const go = () => {
    secret = { code: input.value };
    return input.value ? open() : undefined;
  };
  const box = saying(heading, hint);
  fill(place, box, label, h("p", null, input), button("Open with the code", go));
  focusOn(box);
}

/**
 * Show the home with the choices.
 * @param {LinkedHome} home
 * @param {HTMLElement | null} [message]
 */
function show(home, message = null) {
  const isClosed = home.admission_status.status === "closed";
  const posted = home.confirmed_at && countsOf(home).length;
  fill(
    place,
    message,
    h("h2", null, home.name),
    isClosed && h("p", null, "The home is closed to admissions. Sign in to reopen it."),
    h("ul", null, ...linesOf(home).map((line) => h("li", null, line))),
    h("p", null, posted ? `This was ${ageInWords(home.confirmed_at)}.` : "Nothing was posted yet."),
    posted && button("Something has changed", () => edit(home), "button--plain"),
    posted &&
      button("Nothing has changed", () => act(home, "confirm", undefined, ["Nothing has changed"])),
  );
  if (message) focusOn(message);
}

/**
 * Load why homes close, in words: the page is lighter without them until something has changed.
 * @returns {Promise<Record<string, string>>}
 */
async function closureReasons() {
  const words = import("../../text/vocabulary.js").catch((error) => {
    throw new NoResponse(String(error));
  });
  return (await words).CLOSURE_REASONS;
}

/**
 * Show the steppers, and the way to close.
 * @param {LinkedHome} home
 * @param {Entered} [entered]
 * @param {HTMLElement | null} [message]
 */
async function edit(home, entered = { accepting: {}, closure: "" }, message = null) {
  /** @type {Record<string, string>} */
  let reasons;
  try {
    reasons = await closureReasons();
  } catch (error) {
    return show(home, saying(...failureInWords(error)));
  }
  const steppers = countsOf(home).map(([category, counts]) => {
    const id = `accepting-${category}`;
    const name = categoryName(category);
    const held = entered.accepting[category];
    const input = h("input", {
      ...{ id, inputmode: "numeric", autocomplete: "off" },
      value: held === undefined ? String(counts.accepting) : held,
      input: () => (entered.accepting[category] = input.value.trim()),
    });
    const step = (/** @type {number} */ by, /** @type {string} */ sign) => {
      const add = () => {
        input.value = String(Math.max(0, (Number(input.value) || 0) + by));
        entered.accepting[category] = input.value;
      };
      const button_ = button(sign, add, "button--plain");
      button_.setAttribute("aria-label", `${by < 0 ? "One fewer" : "One more"}: ${name}`);
      return button_;
    };
    const row = h("div", { class: "row" }, step(-1, "−"), input, step(1, "+"));
    return [h("label", { for: id }, `${name}: beds accepting now`), row];
  });
  const options = Object.entries(reasons).map(([value, text]) => h("option", { value }, text));
  const closure = h(
    "select",
    { id: "closure", change: () => (entered.closure = closure.value) },
    h("option", { value: "" }, "Do not close"),
    options,
  );
  closure.value = entered.closure;
  const isClosed = home.admission_status.status === "closed";
  const heading = h("h2", null, home.name);
  const save = () => {
    const result = changeOf(home, entered, reasons);
    if ("problem" in result) return edit(home, entered, saying("Check this", result.problem));
    return act(home, "update", result.change, result.lines, entered);
  };
  fill(
    place,
    ...[message, heading, steppers],
    !isClosed && [h("label", { for: "closure" }, "Close to admissions?"), h("p", null, closure)],
    ...[button("Save", save), button("Back", () => show(home), "button--plain")],
  );
  return focusOn(message || heading);
}

/**
 * Send what was pressed, with what was shown, and show what came of it.
 * @param {LinkedHome} home
 * @param {"confirm" | "update"} what
 * @param {object | undefined} change
 * @param {string[]} lines
 * @param {Entered} [entered]
 */
async function act(home, what, change, lines, entered) {
  const { version, beds, admission_status } = home;
  const body = { ...secret, do: what, version, shown: { beds, admission_status }, change };
  try {
    const { home: saved } = await exchange("POST", "/links/act", { body });
    return show(saved, savedMessage(version));
  } catch (error) {
    if (isOver(error)) return keep(home, change, lines, entered);
    const current = error instanceof Refusal && error.problem.current;
    const message = saying(...failureInWords(error));
    if (!current) return entered ? edit(home, entered, message) : show(home, message);
    const newer = /** @type {any} */ (current);
    return entered ? edit(newer, entered, message) : show(newer, message);
  }
}

/** @param {number} version that was shown at the press */
function savedMessage(version) {
  const undo = async () => {
    try {
      const body = { ...secret, do: "undo", version };
      const { home } = await exchange("POST", "/links/act", { body });
      show(home, saying("Undone", "The counts are as they were before."));
    } catch (error) {
      focusOn(fill(message, ...saying(...failureInWords(error)).childNodes));
    }
  };
  const stop = async () => {
    try {
      await exchange("POST", "/links/act", { body: { ...secret, do: "stop" } });
      const text =
        "No link of this home works any more. Its staff can allow them when they sign in.";
      const stopped = saying("Links are stopped", text);
      fill(place, stopped);
      focusOn(stopped);
    } catch (error) {
      focusOn(fill(message, ...saying(...failureInWords(error)).childNodes));
    }
  };
  const message = saying("Saved", "Hospital teams see it now.");
  message.append(
    button("Undo (10 minutes)", undo, "button--plain"),
    button("Not you? Stop these links", stop, "button--plain"),
  );
  return message;
}

/**
 * Keep what was entered on this phone, for staff to send once they have signed in.
 * @param {LinkedHome} home
 * @param {object | undefined} change
 * @param {string[]} lines
 * @param {Entered} [entered]
 */
async function keep(home, change, lines, entered) {
  const { write } = await import("../../core/storage.js");
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) =>
    each.toString(16).padStart(2, "0"),
  ).join("");
  const accepting = Object.entries((entered && entered.accepting) || {});
  write(
    `unsigned.link.${home.location_id}.${key}`,
    {
      ...{ key, location_id: home.location_id, home_name: home.name, version: home.version },
      ...{
        made_at: new Date().toISOString(),
        body: change ? { beds: {}, ...change } : null,
        lines,
      },
      edits: Object.fromEntries(accepting.map(([each, text]) => [each, { accepting: text }])),
    },
    Date.now() + WEEK_MS,
  );
  const text = "It was not saved. What you entered is kept on this phone:";
  const message = saying("This link does not work any more", text);
  const href = find(document, "#full", HTMLAnchorElement).href;
  message.append(
    h("ul", null, ...lines.map((line) => h("li", null, line))),
    h("a", { class: "button", href }, "Sign in to send"),
  );
  fill(place, message);
  focusOn(message);
}

/**
 * @param {string} text
 * @param {() => unknown} onClick while its promise is open, pressing again does nothing
 * @param {string} [more] classes
 */
function button(text, onClick, more = "") {
  const press = async () => {
    if (element.getAttribute("aria-disabled")) return;
    element.setAttribute("aria-disabled", "true");
    try {
      await onClick();
    } finally {
      element.removeAttribute("aria-disabled");
    }
  };
  const element = h(
    "button",
    { type: "button", class: `button ${more}`.trim(), click: press },
    text,
  );
  return element;
}

/**
 * Make a box that says what happened.
 * @param {string} heading
 * @param {string} text
 */
function saying(heading, text) {
  return h("div", { class: "notice", role: "status" }, h("h2", null, heading), h("p", null, text));
}

/** @param {unknown} error */
function isOver(error) {
  return error instanceof Refusal && [400, 404].includes(error.status);
}

/**
 * @param {unknown} error
 * @returns {[string, string]}
 */
function failureInWords(error) {
  if (error instanceof NoResponse) {
    const { heading, text } = noResponseInWords(error);
    return [heading, text];
  }
  if (error instanceof Refusal) return ["Not saved", refusalInWords(error).join(" ")];
  throw error;
}
