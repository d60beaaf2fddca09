import assert from "node:assert/strict";
import { test } from "node:test";

import {
  edited,
  editOf,
  fundingDoubt,
  isAsSaved,
  isDoubtful,
  isOld,
  joined,
  needsOf,
  progressInWords,
  suggestionFor,
  warningsAfter,
} from "../../../../../web/assets/pages/declare/answers.js";

const ROOM = needsOf("room").map(([id]) => id);

test("progress tells what is open, and when the rest was said", () => {
  assert.deepEqual(ROOM, ["en_suite", "ground_floor"]);
  assert.equal(progressInWords("room", {}), "Not answered yet");
  const said = {
    needs_said_on: { room: "2025-11-03", language: "2025-11-03" },
  };
  const one = { needs: { en_suite: "yes" }, ...said };
  assert.equal(
    progressInWords("room", one),
    "1 of 2 answered, on 3 November 2025",
  );
  const both = { needs: { en_suite: "yes", ground_floor: "no" }, ...said };
  assert.equal(
    progressInWords("room", both),
    "All 2 answered, on 3 November 2025",
  );
  const languages = { needs: { language_pol: "yes" }, ...said };
  assert.equal(
    progressInWords("language", languages),
    "1 listed, on 3 November 2025",
  );
});

test("what was said a year ago is old", () => {
  const said = { needs_said_on: { room: "2025-11-03" } };
  assert.equal(isOld("room", said, new Date("2026-10-30")), false);
  assert.equal(isOld("room", said, new Date("2026-11-05")), true);
  assert.equal(isOld("room", {}, new Date("2026-11-05")), false);
});

test("an edit says every answer of its group again, and takes back what was cleared", () => {
  const home = { needs: { en_suite: "yes", ground_floor: "no", peg: "yes" } };
  assert.deepEqual(
    editOf("room", home, { ...home.needs, ground_floor: undefined }),
    {
      needs: { en_suite: "yes", ground_floor: null },
    },
  );
});

test("of two edits that wait, the later one counts where both say something", () => {
  const first = { needs: { peg: "yes", hoist: "no" }, funding: ["chc"] };
  const second = {
    needs: { hoist: "ask" },
    also_as: { general_nursing: null },
  };
  assert.deepEqual(joined(first, second), {
    needs: { peg: "yes", hoist: "ask" },
    funding: ["chc"],
    also_as: { general_nursing: null },
  });
  assert.deepEqual(joined({}, {}), {});
});

test("a home is shown as it will be", () => {
  const home = { name: "Larkrise", needs: { peg: "yes", hoist: "no" } };
  assert.deepEqual(
    edited(home, { needs: { hoist: null, pet: "ask" }, funding: ["chc"] }),
    {
      name: "Larkrise",
      needs: { peg: "yes", pet: "ask" },
      funding: ["chc"],
    },
  );
});

test("only a yes to what takes nurses is doubtful where there are none", () => {
  assert.equal(isDoubtful("peg", "yes", { nursing: false }), true);
  assert.equal(isDoubtful("peg", "yes", { nursing: true }), false);
  assert.equal(isDoubtful("peg", "ask", { nursing: false }), false);
  assert.equal(isDoubtful("hoist", "yes", { nursing: false }), false);
});

test("the register suggests an answer for what it says, with the reason", () => {
  const home = {
    nursing: false,
    service_user_bands: ["Older People", "Younger Adults"],
  };
  assert.deepEqual(suggestionFor("under_65", home), {
    answer: "yes",
    why: "CQC's register says that you care for younger adults.",
  });
  assert.equal(suggestionFor("alcohol_or_drugs", home), undefined);
  assert.equal(suggestionFor("peg", home), undefined);
  assert.deepEqual(suggestionFor("peg", { nursing: true }), {
    answer: "ask",
    why: "CQC's register says that you have nurses.",
  });
});

test("a warning stands until its answer is said again", () => {
  const hoist = { need: "hoist", message: "Check this." };
  const fnc = { need: "fnc", message: "Check that." };
  const peg = { need: "peg", message: "Check the other." };
  const all = [hoist, fnc];
  assert.deepEqual(warningsAfter(all, { needs: { peg: "yes" } }, [peg]), [
    ...all,
    peg,
  ]);
  assert.deepEqual(warningsAfter(all, { needs: { hoist: "no" } }, []), [fnc]);
  assert.deepEqual(warningsAfter(all, { funding: ["chc"] }, []), [hoist]);
  assert.deepEqual(warningsAfter([hoist], { needs: { pet: "no" } }, [hoist]), [
    hoist,
  ]);
});

test("funding that only homes with nurses get is doubted where there are none", () => {
  assert.match(fundingDoubt(["chc", "fnc"], { nursing: false }), /nurses/);
  assert.equal(fundingDoubt(["chc"], { nursing: false }), null);
  assert.equal(fundingDoubt(["fnc"], { nursing: true }), null);
});

test("what is chosen is compared with what was saved", () => {
  const home = { needs: { en_suite: "yes" } };
  assert.ok(isAsSaved("room", home, { en_suite: "yes", peg: "no" }));
  assert.ok(!isAsSaved("room", home, {}));
  assert.ok(!isAsSaved("room", {}, { ground_floor: "no" }));
});
