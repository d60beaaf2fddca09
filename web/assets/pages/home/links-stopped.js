// A warning to the home's staff while no reminder holds a link that posts: whoever stopped them may have
// had a reason, or have pressed by mistake.

import { loadPostingLinks } from "../../components/posting-links.js";
import { statusMessage } from "../../components/status-message.js";
import { fill, h } from "../../core/dom.js";

/**
 * Fill the place with the warning and the way to allow links again, if they are stopped.
 * @param {HTMLElement} place
 * @param {string} locationId
 */
export async function showLinksStopped(place, locationId) {
  const status = statusMessage();
  const content = h("div", null);
  fill(place, status.element, content);
  async function show() {
    const links = await loadPostingLinks(locationId, status, show);
    fill(content, links.isStopped && links.content);
  }
  await show();
}
