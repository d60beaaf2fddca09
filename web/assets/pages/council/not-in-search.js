// The homes whose staff post, though no search shows them: they use an id that CQC has ended.

import { notice } from "../../components/notice.js";
import { h } from "../../core/dom.js";
import { when } from "../../text/dates.js";

/**
 * Make the notice, or nothing where there is no such home.
 * @param {Api.Overview["posting_but_not_in_search"]} homes
 */
export function notInSearch(homes) {
  if (!homes.length) return null;
  const items = homes.map(({ location_id: id, name, registration, confirmed_at: at }) =>
    h(
      "li",
      null,
      h("a", { href: `/home.html?${new URLSearchParams({ id })}` }, name),
      ` (${id}): ${registration} at CQC, last posted at ${when(at)}. `,
      h(
        "a",
        { href: `/successor.html?${new URLSearchParams({ old: id })}` },
        "Carry over to a new ID",
        h("span", { class: "nhsuk-u-visually-hidden" }, `: ${name}`),
      ),
    ),
  );
  return notice(
    "warning",
    "Homes not in search whose staff posted in the last month",
    h(
      "p",
      null,
      "CQC's register lists these homes as dormant or deregistered. If a home has a new location ",
      "ID, its staff need that one.",
    ),
    h("ul", { class: "nhsuk-list nhsuk-list--bullet not-in-search" }, items),
  );
}
