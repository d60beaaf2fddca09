// One home's update: load it, let the person change it, send that, say what came of it.

import { showErrors } from "../../components/error-summary.js";
import { showFailure } from "../../components/page.js";
import { notice } from "../../components/notice.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoResponse, refusalInWords } from "../../core/failures.js";
import { signIn } from "../../core/sign-in.js";
import { admissionInWords } from "../../text/vocabulary.js";
import { dayOf, when } from "../../text/dates.js";
import { bedsToSend, changesInWords, problemsOf } from "./bed-counts.js";
import { conflict, relaid } from "./conflict.js";
import { draft, dropWaiting, keepDraft, keepSeen, seen, waiting } from "./drafts.js";
import { editor } from "./editor.js";
import { deliver, prepared } from "./outbox.js";
import { savedNotice } from "./saved-message.js";
import { showWaiting } from "./waiting-message.js";

export async function openHome(main, { me, signedIn, locationId }) {
  const unsent = waiting(me, locationId);
  if (unsent && signedIn) return settle(await deliver(me, unsent), unsent);
  if (unsent) return wait(unsent);
  return load();

  async function load(saidAbove) {
    let home;
    try {
      if (!signedIn) throw new NoResponse();
      home = await request("GET", `/homes/${encodeURIComponent(locationId)}`);
      keepSeen(me, home);
    } catch (error) {
      home = seen(me, locationId);
      if (!(error instanceof NoResponse) || !home) return showFailure(main, error);
      saidAbove = noConnection();
    }
    const { version, edits } = draft(me, locationId) || { version: home.version, edits: {} };
    if (version !== home.version) return decide(home, edits, null);
    return edit(home, { saidAbove, edits });
  }

  function edit(home, { saidAbove, edits = {}, justSaved = false }) {
    editor(main, {
      ...{ home, edits, justSaved },
      notice: saidAbove,
      onDraft: (now) => keepDraft(me, locationId, { version: home.version, edits: now }),
      onSend: (decided) => send(home, decided),
    });
    if (saidAbove) focusOn(saidAbove);
  }

  async function send(home, { edits, admission }) {
    const isConfirmation = !admission && !Object.keys(edits).length;
    const beds = bedsToSend(home, edits, dayOf(new Date()));
    const lines = changesInWords(home, edits);
    if (admission) lines.push(admissionInWords(admission));
    const entry = prepared(home, {
      body: isConfirmation ? null : { beds, ...(admission && { admission_status: admission }) },
      lines: isConfirmation ? ["Nothing has changed"] : lines,
      edits,
    });
    for (const button of main.querySelectorAll("button")) button.disabled = true;
    const result = signedIn ? await deliver(me, entry) : await deliverLater(entry);
    return settle(result, entry, home);
  }

  async function deliverLater(entry) {
    await deliver(me, entry); // kept; without a token it goes no further
    return { waiting: "network" };
  }

  // What came of sending it; `home`: as it was when it was changed, if that is still known.
  async function settle(result, entry, home) {
    if (result.waiting === "sign-in") return signIn();
    if (result.waiting) return wait(entry);
    const admission = entry.body && entry.body.admission_status;
    if (result.saved) {
      keepDraft(me, locationId, { edits: {} });
      keepSeen(me, result.saved);
      return edit(result.saved, { saidAbove: savedNotice(result.saved, entry), justSaved: true });
    }
    if (result.outdated) return decide(result.outdated, entry.edits, admission);
    const words = refusalInWords(result.refused).map((text) => ({ text }));
    if (!home) home = seen(me, locationId);
    if (!home) return showErrors(fill(main), words, { title: "This was not saved" });
    edit(home, { edits: entry.edits });
    return showErrors(main, words, { title: "This was not saved" });
  }

  // Somebody else was there first.
  function decide(current, edits, admission) {
    keepSeen(me, current);
    const mine = relaid(current, edits);
    const takeTheirs = (said) => {
      keepDraft(me, locationId, { edits: {} });
      edit(current, { saidAbove: said });
    };
    if (!Object.keys(mine).length && !admission) return takeTheirs(changedNotice(current));
    return conflict(main, {
      ...{ current, admission, edits: mine },
      onTheirs: () => takeTheirs(),
      onMine: () => {
        keepDraft(me, locationId, { version: current.version, edits: mine });
        if (problemsOf(current, mine, dayOf(new Date())).length)
          return edit(current, { edits: mine });
        return send(current, { edits: mine, admission });
      },
    });
  }

  function wait(waitingEntry) {
    showWaiting(main, {
      entry: waitingEntry,
      signedIn,
      onSignIn: () => signIn(),
      retry: async () => {
        const result = await deliver(me, waitingEntry);
        if (result.waiting === "network") return false;
        await settle(result, waitingEntry);
        return true;
      },
      onTakeBack: () => {
        dropWaiting(me, waitingEntry);
        const { version, edits } = waitingEntry;
        keepDraft(me, locationId, { version, edits });
        return load();
      },
    });
  }
}

function changedNotice(home) {
  return notice(
    "warning",
    "Somebody else saved meanwhile",
    h("p", null, `These are the numbers of ${when(home.confirmed_at)}. Are they right?`),
  );
}

function noConnection() {
  return notice(
    "warning",
    "No connection",
    h(
      "p",
      null,
      "These numbers are as this phone saw them last. ",
      "You can change them: they will be sent when there is a connection.",
    ),
  );
}
