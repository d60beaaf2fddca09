// What a home says of all that an alert asks for a person: for whoever follows the link of its message, which
// names no need.

import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { fitLines } from "../../text/requirements.js";

/**
 * Fill the place, or leave it empty where the alert asks for nothing.
 * @param {HTMLElement} place
 * @param {{ path: string, alertId: string, team: string | null }} options `path` of the home
 */
export async function showAlertFit(place, { path, alertId, team }) {
  const query = team ? `?${new URLSearchParams({ team })}` : "";
  const alert = `/alerts/${encodeURIComponent(alertId)}`;
  try {
    fill(place, fit(await request("GET", `${alert}${path}${query}`)));
  } catch (error) {
    const isGone = error instanceof Refusal && error.status === 404;
    const why = isGone
      ? "The alert in this link no longer exists."
      : "What your alert asks for did not load.";
    fill(place, h("p", null, why));
  }
}

/** @param {Api.HomeFit} home */
function fit(home) {
  const lines = fitLines(home);
  if (!lines.length) return null;
  return h(
    "section",
    { "aria-labelledby": "alert-fit" },
    h(
      "h2",
      { class: "nhsuk-heading-m", id: "alert-fit" },
      home.fit === "yes" ? "The home says yes to all that your alert asks" : "What your alert asks",
    ),
    h(
      "ul",
      { class: "nhsuk-list" },
      lines.map(({ title, text }) => h("li", null, h("strong", null, `${title}: `), text)),
    ),
  );
}
