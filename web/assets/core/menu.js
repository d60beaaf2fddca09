// The site's pages, as the menu shows them, and whom each is for. A new page adds its line here.

export const PAGES = [
  { href: "/council.html", text: "Overview", isFor: (me) => me.isCouncil },
  { href: "/update.html", text: "Update vacancies", isFor: (me) => me.homes.length > 0 },
  { href: "/home.html", text: "Your home's page", isFor: (me) => me.homes.length > 0 },
  { href: "/search.html", text: "Find a bed", isFor: (me) => me.teams.length > 0 || me.isCouncil },
  { href: "/alerts.html", text: "Alerts", isFor: (me) => me.teams.length > 0 },
  { href: "/directory.html", text: "Import homes", isFor: (me) => me.isCouncil },
  { href: "/people.html", text: "People", isFor: (me) => me.isCouncil },
];

// Where somebody starts who has just signed in; null: nothing here is for them.
export function startOf(me) {
  const first = PAGES.find((page) => page.isFor(me));
  return first ? first.href : null;
}
