// What a home shows of itself: beds, contact, care, fees, rating, place and what changed lately.

import { button } from "../../components/button.js";
import { dataTable } from "../../components/data-table.js";
import { freshnessTag } from "../../components/freshness-tag.js";
import { smallMap } from "../../components/map.js";
import { notice } from "../../components/notice.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { admissionInWords, CATEGORIES, FEATURES } from "../../text/vocabulary.js";
import { dayInWords } from "../../text/dates.js";
import { feesInWords, plural, telephone, website } from "../../text/format.js";
import { ageInWords, freshness } from "../../text/freshness.js";
import { history } from "./history.js";

// `said`: a notice above; `onEdit`: for its staff alone.
export function showHome(main, { home, said, onEdit }) {
  const closed = home.admission_status.status === "closed";
  fill(
    main,
    said,
    h("h1", { class: "nhsuk-heading-l nhsuk-u-margin-bottom-2" }, home.name),
    h("p", null, `${home.address}, ${home.postcode}`),
    home.registration !== "active" &&
      notice("error", "Not open", h("p", null, `CQC's register says: ${home.registration}.`)),
    onEdit &&
      h(
        "div",
        { class: "actions nhsuk-u-margin-bottom-4" },
        button("Edit this page", { onClick: onEdit }),
        h("a", { href: `/update.html?${query({ home: home.location_id })}` }, "Update vacancies"),
      ),
    h(
      "div",
      { class: "home-grid" },
      section("Beds free now", freshTag(home), closed && closedNotice(home), beds(home, closed)),
      section("Contact", contact(home)),
      section("About", about(home)),
      section("Fees", h("p", null, feesInWords(home))),
      section(
        "Cares for",
        list(home.service_user_bands, "CQC's register does not say whom it cares for."),
      ),
      section(
        "What it offers",
        list(
          home.features.map((each) => FEATURES[each] || each),
          "The home has not said.",
        ),
      ),
      section("CQC rating", rating(home)),
      section("Where it is", place(home)),
    ),
    section("Recent changes", history(home.location_id)),
  );
  if (said) focusOn(said);
}

function section(heading, ...content) {
  return h("section", null, h("h2", { class: "nhsuk-heading-m" }, heading), content);
}

function freshTag(home) {
  return freshnessTag(freshness(home.confirmed_at), ageInWords(home.confirmed_at));
}

function closedNotice(home) {
  const why = h("p", null, admissionInWords(home.admission_status), ".");
  return notice("warning", "Admits nobody at present", why);
}

function beds(home, closed) {
  const kinds = Object.keys(CATEGORIES).filter((each) => home.beds[each]);
  if (!kinds.length) return h("p", null, "The home has not said which beds it has. Ask by phone.");
  return [
    !closed && h("p", null, "Open to admissions."),
    dataTable({
      className: "free",
      columns: ["Kind of bed", "Free now", "In all"],
      rows: kinds.map((each) => row(each, home.beds[each], closed)),
    }).element,
  ];
}

function row(category, counts, closed) {
  const free = closed ? 0 : counts.accepting;
  return [
    CATEGORIES[category],
    [
      free ? h("strong", null, free) : "None",
      counts.available_from && h("div", null, `Next: ${dayInWords(counts.available_from)}`),
    ],
    counts.maximum_capacity,
  ];
}

function contact(home) {
  const phone = telephone(home.vacancies_phone || home.phone);
  const site = website(home.website || home.register_website);
  return [
    phone &&
      h(
        "p",
        null,
        h("a", { class: "call", href: phone.href }, `Call ${phone.text}`),
        home.vacancies_phone && h("span", { class: "nhsuk-hint" }, " for vacancies"),
      ),
    site && h("p", null, h("a", { href: site.href, rel: "noopener" }, site.text)),
    !phone && !site && h("p", null, "No telephone number or website is known."),
  ];
}

function about(home) {
  return [
    home.description && h("p", { class: "plain-text" }, home.description),
    h(
      "ul",
      { class: "nhsuk-list nhsuk-list--bullet" },
      h("li", null, home.nursing ? "Care home with nursing" : "Care home without nursing"),
      home.registered_beds &&
        h("li", null, `Registered for ${plural(home.registered_beds, "bed")}`),
      h("li", null, `In ${home.local_authority}`),
    ),
  ];
}

function list(words, none) {
  if (!words.length) return h("p", null, none);
  return h(
    "ul",
    { class: "nhsuk-list nhsuk-list--bullet" },
    words.map((each) => h("li", null, each)),
  );
}

function rating(home) {
  const href = `https://www.cqc.org.uk/location/${encodeURIComponent(home.location_id)}`;
  return [
    h("p", null, h("strong", null, home.rating || "Not rated yet")),
    h("p", null, h("a", { href, rel: "noopener" }, "Read CQC's report of this home")),
  ];
}

function place(home) {
  return [
    h("p", null, home.address, h("br"), home.postcode, h("br"), home.local_authority),
    smallMap(home),
  ];
}

function query(parameters) {
  return new URLSearchParams(parameters);
}
