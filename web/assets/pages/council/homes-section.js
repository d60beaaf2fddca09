// The list of homes: a filter above it, its order in the column heads, a file of it to take away.

import { button } from "../../components/button.js";
import { saveCsv } from "../../components/csv.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { dayOf } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { filterForm } from "./filter-form.js";
import { chosen, everything, hrefOf, isNarrowed, wantedOf } from "./home-filter.js";
import { csvRows } from "./homes-csv.js";
import { homesTable } from "./homes-table.js";

export function homesSection({ homes, as_of: asOf, local_authorities: authorities }) {
  let wanted = wantedOf(location.search);
  let shown = [];
  const heading = h("h2", { class: "nhsuk-heading-m", id: "homes" }, "Homes");
  const count = h("p", { class: "count", role: "status" });
  const none = h("div");
  const table = homesTable({ asOf, manyAuthorities: authorities.length > 1, onSort });
  const form = filterForm({
    authorities: authorities.map((each) => each.local_authority),
    onChange,
  });
  const download = button("Download as CSV", {
    kind: "secondary",
    onClick: () => saveCsv(csvRows(shown), `bedboard-homes-${dayOf(asOf)}.csv`),
  });
  const element = h(
    "section",
    { "aria-labelledby": "homes" },
    heading,
    form.element,
    h("div", { class: "acts" }, count, download),
    none,
    table.element,
  );
  form.set(wanted);
  show();

  function onChange(change) {
    wanted = { ...wanted, ...change };
    show();
  }

  function onSort(sort) {
    onChange({ sort });
    form.set(wanted);
  }

  function show() {
    history.replaceState(null, "", hrefOf(wanted));
    shown = chosen(homes, wanted);
    fill(count, countInWords(shown.length, homes.length, wanted));
    fill(none, !shown.length && nothing());
    download.disabled = !shown.length;
    table.show(shown, wanted.sort);
  }

  function nothing() {
    const clear = () => {
      showOnly({});
      count.scrollIntoView({ block: "nearest" });
    };
    return [
      h("p", null, "No home is like that."),
      button("Show all homes", { kind: "secondary", onClick: clear }),
    ];
  }

  function showOnly(change) {
    wanted = { ...everything(wanted), ...change };
    form.set(wanted);
    show();
    heading.scrollIntoView();
    focusOn(heading);
  }

  return { element, showOnly, showAll: table.showAll };
}

function countInWords(shown, all, wanted) {
  return isNarrowed(wanted) ? `${shown} of ${plural(all, "home")}` : plural(all, "home");
}
