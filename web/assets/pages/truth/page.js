// How often the list was right, as calls found it, and whether chances are what calls find: for the council.

import { button } from "../../components/button.js";
import { saveCsv } from "../../components/csv.js";
import { dataTable } from "../../components/data-table.js";
import { details } from "../../components/details.js";
import { notice } from "../../components/notice.js";
import { openPage, showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, h, s } from "../../core/dom.js";
import { dayInWords } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { isShown, missedInWords, percent } from "../../text/truth.js";
import {
  binInWords,
  calibrationCsvRows,
  calibrationInWords,
  groupInWords,
  headline,
  judgement,
  rateCsvRows,
  rateInWords,
  rowsBy,
} from "./figures.js";

/** @typedef {import("./figures.js").Grouping} Grouping */

const BAR_WIDTH = 100;
const BAR_HEIGHT = 12;

/** @type {readonly { grouping: Grouping, heading: string, column: string }[]} */
const GROUPINGS = [
  { grouping: "month", heading: "By month of the call", column: "Month" },
  { grouping: "category", heading: "By kind of bed", column: "Kind of bed" },
  { grouping: "age", heading: "By age of the listing at the call", column: "Age" },
];

openPage({ isFor: (me) => me.isCouncil }, async (main) => {
  const place = h("div", null, h("p", { role: "status" }, "Loading…"));
  fill(main, h("h1", { class: "nhsuk-heading-l" }, "How often the list was right"), place);
  try {
    const [truth, calibration] = await Promise.all([
      request("GET", "/truth"),
      request("GET", "/truth/calibration"),
    ]);
    show(place, truth, calibration);
  } catch (error) {
    showFailure(place, error);
  }
});

/**
 * @param {HTMLElement} place
 * @param {Api.Truth} truth
 * @param {Api.Calibration} calibration
 */
function show(place, truth, calibration) {
  fill(
    place,
    h(
      "p",
      null,
      "A listing is what a home said of one kind of bed at one time. ",
      `These are first calls about listings, made since ${dayInWords(truth.since)}.`,
    ),
    found(truth),
    told(truth.reported.whole),
    GROUPINGS.map((each) => grouped(truth, each)),
    calibrated(calibration),
    meaning(),
    h(
      "div",
      { class: "truth__files" },
      button("Download rates (CSV)", {
        kind: "secondary",
        onClick: () => saveCsv(rateCsvRows(truth), `bedboard-truth-since-${truth.since}.csv`),
      }),
      button("Download chances (CSV)", {
        kind: "secondary",
        onClick: () =>
          saveCsv(calibrationCsvRows(calibration), `bedboard-chances-since-${truth.since}.csv`),
      }),
    ),
  );
}

/** @param {Api.Truth} truth */
function found({ audited, least_in_public: least }) {
  const { heading, lines, isEnough } = headline(audited.whole.truth, least);
  const { drawn } = audited.calls;
  const missed = drawn > 0 && `${plural(drawn, "call")} fell due. ${missedInWords(audited.calls)} `;
  const paragraphs = lines.map((line) => h("p", null, line));
  return section(
    "What the council found",
    h(
      "p",
      null,
      "Each working day two listings are drawn, and the council rings them. Nobody chooses them, so this rate speaks for the whole list.",
    ),
    isEnough
      ? [h("p", { class: "truth__headline" }, heading), paragraphs]
      : notice("warning", heading, paragraphs),
    h("p", null, missed, h("a", { href: "/audits.html" }, "Two calls a day")),
  );
}

/** @param {Api.Rates} reported */
function told({ truth, fit }) {
  return section(
    "What teams reported",
    h(
      "p",
      null,
      h("strong", null, "Do not quote this as how often the list is right. "),
      "People report bad news more readily than good news, and teams ring the likeliest beds first. ",
      "It shows which listings teams stumble over.",
    ),
    dataTable({
      caption: "What teams reported of their calls",
      hideCaption: true,
      columns: ["Question", "Rate"],
      cards: true,
      className: "truth__table",
      rows: [
        ["Was a bed there?", rateCell(truth)],
        ["Where one was, will the home be asked to take the person?", rateCell(fit)],
      ],
    }).element,
  );
}

/**
 * @param {Api.Truth} truth
 * @param {typeof GROUPINGS[number]} of
 */
function grouped(truth, { grouping, heading, column }) {
  const rows = rowsBy(truth, grouping);
  if (!rows.length) return null;
  return section(
    heading,
    grouping === "month" &&
      h(
        "p",
        null,
        "Where the ranges of two months overlap, do not say that one was better than the other.",
      ),
    dataTable({
      caption: `How often the list was right: ${heading.toLowerCase()}`,
      hideCaption: true,
      columns: [column, "The council found a bed", "Teams found a bed", "It was for their person"],
      cards: true,
      className: "truth__table",
      rows: rows.map(({ group, audited, reported, fit }) => [
        groupInWords(grouping, group),
        rateCell(audited),
        rateCell(reported),
        rateCell(fit),
      ]),
    }).element,
  );
}

/** @param {Api.Calibration} calibration */
function calibrated(calibration) {
  const { bins, least_judged: least } = calibration;
  return section(
    "Are the chances that search shows right?",
    h(
      "p",
      null,
      "Search says of each listing how likely a bed is still there. Here it stands beside what the council’s calls found. ",
      calibrationInWords(calibration),
    ),
    bins.length > 0 &&
      dataTable({
        caption: "The chance that search showed, and how often the council found a bed",
        hideCaption: true,
        columns: ["Chance shown", "On average", "The council found a bed", "Said and found"],
        cards: true,
        className: "truth__table",
        rows: bins.map((bin) => [
          binInWords(bin),
          percent(bin.said),
          rateCell(bin.seen),
          bin.apart ? h("strong", null, judgement(bin, least)) : judgement(bin, least),
        ]),
      }).element,
  );
}

function meaning() {
  return details("What these rates do not mean", [
    h(
      "p",
      null,
      "They are no league table. With ten calls each, most of the difference between the best home and the worst is chance.",
    ),
    h(
      "p",
      null,
      "They do not judge honesty. Most listings that are wrong were right when the home posted them, and then the bed was taken.",
    ),
    h(
      "p",
      null,
      "A call that nobody answered counts for neither side. A range holds the true rate 9 times in 10, so expect one month of a year to lie outside.",
    ),
  ]);
}

/**
 * Show a rate with its range and its calls, and draw the range.
 * @param {Api.Rate} rate
 */
function rateCell(rate) {
  const { rate: share, basis } = rateInWords(rate);
  return h(
    "div",
    { class: "truth__rate" },
    h("strong", null, share),
    isShown(rate) && bar(rate),
    h("span", null, ` ${basis}`),
  );
}

/**
 * Draw where the true rate lies, between none and all. Its words stand beside it.
 * @param {Api.ShownRate} rate
 */
function bar({ rate, low, high }) {
  const x = (/** @type {number} */ share) => BAR_WIDTH * share;
  return s(
    "svg",
    {
      ...{ class: "truth__bar", viewBox: `0 0 ${BAR_WIDTH} ${BAR_HEIGHT}`, "aria-hidden": "true" },
      ...{ width: BAR_WIDTH, height: BAR_HEIGHT },
    },
    s("rect", { class: "truth__all", x: 0, y: 4, width: BAR_WIDTH, height: 4 }),
    s("rect", { class: "truth__range", x: x(low), y: 2, width: x(high - low), height: 8 }),
    s("rect", { class: "truth__point", x: x(rate) - 1, y: 0, width: 2, height: BAR_HEIGHT }),
  );
}

/**
 * @param {string} heading
 * @param {...Children} content
 */
function section(heading, ...content) {
  return h("section", null, h("h2", { class: "nhsuk-heading-m" }, heading), content);
}
