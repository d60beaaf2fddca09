// The council's word that a new location id took the place of an old one.

import { confirmButton } from "../../components/confirm-button.js";
import { showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";

/**
 * Make the button, which makes the old id answer with the new one.
 * @param {{ old: string, new: string }} successor
 */
export function successorButton({ old, new: id }) {
  const result = h("div", { role: "status" });
  const save = async () => {
    try {
      const path = `/homes/${encodeURIComponent(old)}/successor`;
      await request("PUT", path, { body: { location_id: id } });
      fill(result, `Saved. ${old} now points to ${id}.`);
      return true;
    } catch (error) {
      showFailure(result, error);
      return false;
    }
  };
  return [
    confirmButton("It is the same home", {
      ...{ of: `${old} and ${id}`, yes: "Yes, point to the new ID", no: "Cancel", onConfirm: save },
    }),
    result,
  ];
}
