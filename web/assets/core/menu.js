// The pages of the menu, and who sees each. A new page adds its line here.

/** @typedef {{ href: string, text: string, isFor: (me: Me) => boolean }} Page */

/** @type {Page[]} */
export const PAGES = [
  { href: "/second-step.html", text: "Second step", isFor: (me) => me.needsSecondStep },
  { href: "/council.html", text: "Overview", isFor: (me) => me.isCouncil },
  { href: "/update.html", text: "Update vacancies", isFor: (me) => me.homes.length > 0 },
  { href: "/declare.html", text: "Whom you take", isFor: (me) => me.homes.length > 0 },
  { href: "/home.html", text: "Your home's page", isFor: (me) => me.homes.length > 0 },
  { href: "/search.html", text: "Find a bed", isFor: (me) => me.teams.length > 0 || me.isCouncil },
  { href: "/alerts.html", text: "Alerts", isFor: (me) => me.teams.length > 0 },
  { href: "/audits.html", text: "Two calls a day", isFor: (me) => me.isCouncil },
  { href: "/demand.html", text: "What teams look for", isFor: (me) => me.isCouncil },
  { href: "/truth.html", text: "How often the list was right", isFor: (me) => me.isCouncil },
  { href: "/directory.html", text: "Import homes", isFor: (me) => me.isCouncil },
  { href: "/people.html", text: "People", isFor: (me) => me.isCouncil },
];

/**
 * Give the address of the page where someone starts; null where no page is for them.
 * @param {Me} me
 */
export function startOf(me) {
  const first = PAGES.find((page) => page.isFor(me));
  return first ? first.href : null;
}
