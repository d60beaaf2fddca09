// What a home's page shows: beds, contact, care, fees, rating, place and recent changes.

import { button } from "../../components/button.js";
import { chanceTag } from "../../components/chance-tag.js";
import { dataTable } from "../../components/data-table.js";
import { smallMap } from "../../components/map.js";
import { notice } from "../../components/notice.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { agoInWords, chanceReason } from "../../text/chance.js";
import { ageInWords, dayInWords, dayOf } from "../../text/dates.js";
import { answersInWords, termsInWords } from "../../text/declaration.js";
import { capitalised, feesInWords, plural, telephone, website } from "../../text/format.js";
import { admissionInWords, CATEGORIES } from "../../text/vocabulary.js";
import { history } from "./history.js";

/**
 * @typedef {object} ProfileOptions
 * @property {Api.Home} home
 * @property {HTMLElement | null} [back] the way back to the results
 * @property {HTMLElement} [message] shown above everything, and focused
 * @property {() => unknown} [onEdit] for its staff only
 * @property {boolean} [isCouncil]
 * @property {HTMLElement} [gone] what teams were told against its vacancies, for who signed in
 * @property {HTMLElement} [links] whether the links of its reminders are stopped, for its staff
 * @property {HTMLElement} [placing] whether the council is placing here, for who signed in
 * @property {HTMLElement} [asked] what the home says of an alert's needs, for its team
 * @property {HTMLElement} [questions] where its staff are asked what the home before said
 * @property {HTMLElement} [wanted] what teams looked for near it, for its staff and the council
 * @property {HTMLElement} [truth] how often its listings were right, for its staff and the council
 */

/**
 * Show a home.
 * @param {HTMLElement} main
 * @param {ProfileOptions} options
 */
export function showHome(main, options) {
  const { home, back, message, onEdit, isCouncil = false } = options;
  const { placing, gone, links, asked, questions, wanted, truth } = options;
  const isClosed = home.admission_status.status === "closed";
  fill(
    main,
    back,
    message,
    h("h1", { class: "nhsuk-heading-l nhsuk-u-margin-bottom-2" }, home.name),
    h("p", null, `${home.address}, ${home.postcode}`),
    home.registration !== "active" && notRunning(home, isCouncil),
    placing,
    gone,
    links,
    asked,
    onEdit && staffActions(home, onEdit),
    questions,
    wanted,
    truth,
    h(
      "div",
      { class: "home-grid" },
      section(
        "Beds free now",
        isClosed && closedNotice(home),
        h("p", { class: "age" }, capitalised(ageInWords(home.confirmed_at))),
        beds(home, isClosed),
      ),
      section("Contact", contact(home)),
      section("About", about(home)),
      section("Fees", h("p", null, feesInWords(home))),
      section("Cares for", list(home.service_user_bands, "CQC's register does not say.")),
      section("Whom it takes", takes(home)),
      section("Terms", list(termsInWords(home), "The home has not said.")),
      section("CQC rating", rating(home)),
      section(
        "Where it is",
        h("p", null, home.address, h("br"), home.postcode, h("br"), home.local_authority),
        smallMap(home),
      ),
    ),
    section("Recent changes", history(home.location_id)),
  );
  if (message) focusOn(message);
}

/** @param {Api.Home} home */
function takes(home) {
  const answers = answersInWords(home);
  if (!answers.length) return h("p", null, "The home has not said. Phone the home to ask.");
  return answers.map(([heading, needs]) => [
    h("h3", { class: "nhsuk-heading-s" }, heading),
    h("p", null, needs.join(", ")),
  ]);
}

/**
 * @param {string} heading
 * @param {...Children} content
 */
function section(heading, ...content) {
  return h("section", null, h("h2", { class: "nhsuk-heading-m" }, heading), content);
}

/**
 * @param {Api.Home} home
 * @param {boolean} isCouncil
 */
function notRunning({ location_id: old, registration, successor: id }, isCouncil) {
  const text = `CQC's register lists this home as ${registration}.`;
  const link = id && h("a", { href: `/home.html?${new URLSearchParams({ id })}` }, id);
  const moved = link && h("p", null, "It is now registered as ", link, ".");
  const href = `/successor.html?${new URLSearchParams({ old })}`;
  const carry = isCouncil && h("p", null, h("a", { href }, "Carry over to a new location ID"));
  return notice("error", "Not open", h("p", null, text), moved, carry);
}

/**
 * @param {Api.Home} home
 * @param {() => unknown} onEdit
 */
function staffActions({ location_id }, onEdit) {
  const href = `/update.html?${new URLSearchParams({ home: location_id })}`;
  return h(
    "div",
    { class: "actions nhsuk-u-margin-bottom-4" },
    button("Edit this page", { onClick: onEdit }),
    h("a", { href }, "Update vacancies"),
    h("a", { href: href.replace("update", "declare") }, "Say whom you take"),
  );
}

/** @param {Api.Home} home */
function closedNotice({ admission_status }) {
  return notice("warning", "No new admissions", h("p", null, admissionInWords(admission_status)));
}

/**
 * @param {Api.Home} home
 * @param {boolean} isClosed
 */
function beds(home, isClosed) {
  const rows = Object.entries(CATEGORIES).flatMap(([category, name]) => {
    const key = /** @type {Api.BedCategory} */ (category);
    const counts = home.beds[key];
    return counts ? [row(name, counts, isClosed, sureness(home, key))] : [];
  });
  if (!rows.length) return h("p", null, "The home has not posted its beds. Phone the home to ask.");
  const columns = ["Kind of bed", "Free now", "Still there?", "Total"];
  return [
    !isClosed && h("p", null, "Open to admissions."),
    dataTable({ className: "free", columns, rows }).element,
  ];
}

/**
 * @param {string} name
 * @param {Api.BedCounts} counts
 * @param {boolean} isClosed
 * @param {Children} sure
 * @returns {Children[]}
 */
function row(name, counts, isClosed, sure) {
  const free = isClosed ? 0 : counts.accepting;
  const { available_from: day = "" } = counts;
  const next = day >= dayOf(new Date()) && `Next: ${dayInWords(day)}`;
  return [
    name,
    [free ? h("strong", null, free) : "None", next && h("div", null, next)],
    sure,
    counts.maximum_capacity,
  ];
}

/**
 * Say how likely a bed of a category is still there, where the home lists one, and when it said so.
 * @param {Api.Home} home
 * @param {Api.BedCategory} category
 */
function sureness({ listings = [], said_at: saidAt = {} }, category) {
  const listing = listings.find((each) => each.chance_basis.category === category);
  const at = saidAt[category];
  if (listing) {
    return [chanceTag(listing.likelihood, ""), h("div", null, chanceReason(listing.chance_basis))];
  }
  return at ? `Said ${agoInWords(at)}` : "";
}

/** @param {Api.Home} home */
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
    !phone && !site && h("p", null, "No phone number or website."),
  ];
}

/** @param {Api.Home} home */
function about(home) {
  const registered =
    home.registered_beds && `Registered for ${plural(home.registered_beds, "bed")}`;
  return [
    home.description && h("p", { class: "plain-text" }, home.description),
    h(
      "ul",
      { class: "nhsuk-list nhsuk-list--bullet" },
      h("li", null, home.nursing ? "Care home with nursing" : "Care home without nursing"),
      registered && h("li", null, registered),
      h("li", null, `In ${home.local_authority}`),
    ),
  ];
}

/**
 * @param {readonly string[]} items
 * @param {string} emptyText
 */
function list(items, emptyText) {
  if (!items.length) return h("p", null, emptyText);
  return h(
    "ul",
    { class: "nhsuk-list nhsuk-list--bullet" },
    items.map((each) => h("li", null, each)),
  );
}

/** @param {Api.Home} home */
function rating(home) {
  const href = `https://www.cqc.org.uk/location/${encodeURIComponent(home.location_id)}`;
  return [
    h("p", null, h("strong", null, home.rating || "Not rated yet")),
    h("p", null, h("a", { href, rel: "noopener" }, "Read the CQC report")),
  ];
}
