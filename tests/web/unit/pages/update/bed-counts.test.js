import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  bedsToSend,
  categoriesOf,
  changesInWords,
  editsOver,
  fieldsOf,
  likelyCategories,
  occupied,
  problemsIn,
  problemsInAdmission,
  usageInWords,
  visibleInWords,
  wholeNumber,
  withEdit,
} from "../../../../../web/assets/pages/update/bed-counts.js";

const TODAY = "2026-11-22";
const HOME = {
  location_id: "1-9000000001",
  version: 3,
  name: "Larkrise House",
  postcode: "EX2 5DW",
  registered_beds: 30,
  admission_status: { status: "open" },
  beds: {
    general_nursing: {
      maximum_capacity: 10,
      occupied: 7,
      reserved: 1,
      accepting: 2,
      not_available: 0,
    },
    dementia_nursing: {
      maximum_capacity: 10,
      occupied: 10,
      reserved: 0,
      accepting: 0,
      not_available: 0,
    },
  },
};

/** Edit a field of general nursing. */
const edit = (name, text, edits = {}) =>
  withEdit(HOME, edits, "general_nursing", name, text);
const texts = (home, edits) =>
  problemsIn(home, edits, TODAY).map(({ text }) => text);

describe("edits", () => {
  test("fields show what was saved, with the edits over it", () => {
    const fields = fieldsOf(HOME, edit("accepting", "3"), "general_nursing");
    assert.equal(fields.accepting, "3");
    assert.equal(fields.reserved, "1");
    assert.equal(fields.available_from, "");
  });

  test("a category that the home does not have starts empty", () => {
    assert.equal(fieldsOf(HOME, {}, "transitional").maximum_capacity, "0");
  });

  test("a field that is back at what was saved is no edit", () => {
    assert.deepEqual(edit("accepting", "2", edit("accepting", "3")), {});
  });

  test("edits keep what is not the same in a newer version", () => {
    const edits = edit("reserved", "0", edit("accepting", "3"));
    const beds = { ...HOME.beds.general_nursing, accepting: 3 };
    const newer = {
      ...HOME,
      version: 4,
      beds: { ...HOME.beds, general_nursing: beds },
    };
    assert.deepEqual(editsOver(newer, edits), {
      general_nursing: { reserved: "0" },
    });
  });

  test("categories come in their usual order, with those being added", () => {
    const edits = { general_residential: { maximum_capacity: "" } };
    assert.deepEqual(categoriesOf(HOME, edits), [
      "general_residential",
      "general_nursing",
      "dementia_nursing",
    ]);
  });
});

describe("counts", () => {
  test("only whole numbers of up to four digits are read", () => {
    assert.equal(wholeNumber(" 12 "), 12);
    for (const text of ["", "two", "-1", "1.5", "12345"])
      assert.equal(wholeNumber(text), null);
  });

  test("occupied beds are those left over", () => {
    assert.equal(occupied(fieldsOf(HOME, {}, "general_nursing")), 7);
    assert.equal(
      occupied(fieldsOf(HOME, edit("accepting", "12"), "general_nursing")),
      -3,
    );
    assert.equal(
      occupied(fieldsOf(HOME, edit("reserved", "x"), "general_nursing")),
      null,
    );
  });

  test("usage is written in words", () => {
    const usage = (edits) =>
      usageInWords(fieldsOf(HOME, edits, "general_nursing"));
    assert.equal(usage({}), "7 of 10 beds occupied, 1 reserved");
    assert.equal(
      usage(edit("not_available", "2")),
      "5 of 10 beds occupied, 1 reserved, 2 not offered",
    );
    assert.equal(usage(edit("accepting", "10")), "1 bed too many.");
    assert.equal(
      usage(edit("accepting", "")),
      "Enter whole numbers, such as 2.",
    );
  });

  test("a total of none says that the category goes", () => {
    const none = {
      maximum_capacity: "0",
      accepting: "0",
      reserved: "0",
      not_available: "0",
    };
    const usage = usageInWords(
      fieldsOf(HOME, { general_nursing: none }, "general_nursing"),
    );
    assert.equal(
      usage,
      "You have entered no beds. Saving removes this category.",
    );
  });
});

describe("problems", () => {
  test("possible counts have none", () => {
    assert.deepEqual(texts(HOME, edit("accepting", "3")), []);
  });

  test("text that is no whole number is named with its category", () => {
    assert.deepEqual(texts(HOME, edit("accepting", "two")), [
      "General nursing: enter a whole number for accepting, such as 2",
    ]);
  });

  test("counts above the total say how they add up", () => {
    assert.deepEqual(texts(HOME, edit("accepting", "11")), [
      "General nursing: 11 accepting and 1 reserved add up to 12 beds, but the total is 10",
    ]);
    assert.deepEqual(
      texts(HOME, edit("reserved", "0", edit("accepting", "11"))),
      ["General nursing: 11 accepting is more than the total of 10 beds"],
    );
  });

  test("more beds than CQC has registered are a problem of the edited total", () => {
    const problems = problemsIn(HOME, edit("maximum_capacity", "25"), TODAY);
    assert.deepEqual(problems, [
      {
        category: "general_nursing",
        name: "maximum_capacity",
        text: "All categories add up to 35 beds, but CQC has registered 30 beds here",
      },
    ]);
  });

  test("a home without a registered number has at most 1000 beds", () => {
    const home = { ...HOME, registered_beds: undefined };
    assert.deepEqual(texts(home, edit("maximum_capacity", "999")), [
      "All categories add up to 1009 beds, but you can enter at most 1000",
    ]);
  });

  test("the next free bed is within a year from today", () => {
    const wrong = [
      "General nursing: the date of the next free bed must be between today and 23 November 2027",
    ];
    assert.deepEqual(texts(HOME, edit("available_from", "2026-11-21")), wrong);
    assert.deepEqual(texts(HOME, edit("available_from", "2027-11-24")), wrong);
    assert.deepEqual(texts(HOME, edit("available_from", "2026-11-22")), []);
  });

  test("a saved date that has passed does not stop another edit", () => {
    const beds = { ...HOME.beds.general_nursing, available_from: "2026-11-01" };
    const home = { ...HOME, beds: { general_nursing: beds } };
    const edits = { general_nursing: { accepting: "1" } };
    assert.deepEqual(texts(home, edits), []);
    assert.equal(
      "available_from" in bedsToSend(home, edits, TODAY).general_nursing,
      false,
    );
  });

  test("a home reopens within a year from today", () => {
    const closed = { status: "closed", reason: "outbreak" };
    const problems = (day) =>
      problemsInAdmission({ ...closed, expected_date: day }, TODAY);
    assert.deepEqual(problems(undefined), []);
    assert.deepEqual(problemsInAdmission({ status: "closed" }, TODAY), [
      { href: "#closure_reason-0", text: "Choose why you are closing" },
    ]);
    assert.deepEqual(problemsInAdmission({ status: "open" }, TODAY), []);
    assert.deepEqual(problems("2026-12-01"), []);
    const text =
      "The date you expect to reopen must be between today and 23 November 2027";
    assert.deepEqual(problems("2001-01-01"), [
      { href: "#expected_date", text },
    ]);
  });
});

describe("the kinds of bed offered first", () => {
  const likely = (nursing, ...service_user_bands) =>
    likelyCategories({ nursing, service_user_bands });

  test("a home without nursing is not offered nursing beds first", () => {
    assert.deepEqual(likely(false, "Older People", "Dementia"), [
      "general_residential",
      "dementia_residential",
    ]);
  });

  test("a home with nursing may have residential beds too", () => {
    assert.deepEqual(likely(true, "Mental Health"), [
      "mental_health_residential",
      "mental_health_nursing",
    ]);
  });

  test("a register that names no kind leaves out only what cannot be", () => {
    assert.equal(likely(true).length, 10);
    assert.equal(likely(true, "Whole Population").length, 10);
    assert.equal(
      likely(false).some((each) => each.endsWith("_nursing")),
      false,
    );
    assert.equal(likelyCategories({}).length, 10);
  });
});

describe("what is sent and shown", () => {
  test("only edited categories are sent, whole", () => {
    const edits = edit("available_from", "2026-12-01", edit("accepting", "3"));
    assert.deepEqual(bedsToSend(HOME, edits, TODAY), {
      general_nursing: {
        maximum_capacity: 10,
        occupied: 6,
        reserved: 1,
        accepting: 3,
        not_available: 0,
        available_from: "2026-12-01",
      },
    });
  });

  test("a reason is sent only with beds that are not offered", () => {
    const edits = edit("not_available_reason", "staffing");
    assert.equal(
      "not_available_reason" in bedsToSend(HOME, edits, TODAY).general_nursing,
      false,
    );
    const both = edit("not_available", "1", edits);
    assert.equal(
      bedsToSend(HOME, both, TODAY).general_nursing.not_available_reason,
      "staffing",
    );
  });

  test("changes are written a line each", () => {
    const edits = edit("available_from", "2026-12-01", edit("accepting", "3"));
    assert.deepEqual(changesInWords(HOME, edits), [
      "General nursing: 3 accepting (was 2)",
      "General nursing: next bed free on 1 December 2026",
    ]);
  });

  test("visible vacancies are added up, and none of a closed home", () => {
    assert.equal(
      visibleInWords(HOME),
      "Hospital teams can now see 2 vacancies: 2 general nursing.",
    );
    const { dementia_nursing } = HOME.beds;
    assert.equal(
      visibleInWords({ ...HOME, beds: { dementia_nursing } }),
      "Hospital teams can see that you have no vacancies.",
    );
    assert.equal(
      visibleInWords({
        ...HOME,
        admission_status: { status: "closed", reason: "staffing" },
      }),
      "Hospital teams do not see your vacancies while the home is closed.",
    );
    assert.match(
      visibleInWords({
        ...HOME,
        registration: "deregistered",
        successor: "1-9000000002",
      }),
      /^CQC now lists this home as 1-9000000002, so hospital teams cannot/,
    );
    for (const registration of ["dormant", "deregistered"]) {
      assert.match(
        visibleInWords({ ...HOME, registration }),
        /hospital teams cannot see your vacancies/,
      );
    }
  });
});
