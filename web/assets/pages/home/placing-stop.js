// The council's mark "not placing here": for teams and the home's staff to see, for the council to set.

import { button } from "../../components/button.js";
import { confirmButton } from "../../components/confirm-button.js";
import { textField, valueOf } from "../../components/field.js";
import { form } from "../../components/form.js";
import { notice } from "../../components/notice.js";
import { daysInWords } from "../../components/placing-tag.js";
import { statusMessage } from "../../components/status-message.js";
import { keyedSender, request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { dayOf } from "../../text/dates.js";
import { markHistory } from "./mark-history.js";

const FIELDS = { until: { id: "placing-until", name: "Last day" } };

/**
 * Fill the place with the mark, and for the council with what sets it and takes it back.
 * @param {HTMLElement} place
 * @param {{ path: string, name: string, isCouncil: boolean }} options `path` and `name` of the home
 */
export async function showPlacingStop(place, { path, name, isCouncil }) {
  const send = keyedSender();
  const status = statusMessage();
  const content = h("div", null);
  fill(place, status.element, content);
  try {
    show((await request("GET", `${path}/placing-stop`)).placing_stop);
  } catch {
    fill(content, h("p", null, "Whether the council is placing at this home did not load."));
  }

  /** @param {Api.PlacingStop | null} stop */
  function show(stop) {
    fill(
      content,
      stop && mark(stop),
      isCouncil && [stop ? takeBack(stop) : offer(), markHistory(path)],
    );
  }

  function offer() {
    const open = button("Stop placing here", { kind: "secondary", small: true, onClick: ask });
    return h("div", { class: "actions" }, open);
  }

  function ask() {
    const until = textField({
      ...{ id: FIELDS.until.id, label: FIELDS.until.name, type: "date", small: true },
      hint: "Leave it empty if you do not know the end. We keep no reason.",
    });
    const entry = form({
      name: { "aria-label": `Stop placing at ${name}` },
      content: [
        h("p", null, "Teams and the home will see the mark, and alerts leave the home out."),
        until,
      ],
      submit: "Mark as not placing here",
      fields: () => FIELDS,
      read: () => ({
        value: { since: dayOf(new Date().toISOString()), until: valueOf(until) || undefined },
        errors: [],
      }),
      onSubmit: async (value) => {
        await send("PUT", `${path}/placing-stop`, { body: value });
        show(value);
        status.show("success", "Marked: not placing here");
      },
      onFailure: status.showFailure,
    });
    fill(content, entry);
    const first = entry.querySelector("input");
    if (first) first.focus();
  }

  /** @param {Api.PlacingStop} stop */
  function takeBack(stop) {
    return confirmButton("Place here again", {
      ...{ of: name, yes: "Yes, take the mark back", no: "Keep the mark" },
      onConfirm: async () => {
        try {
          await send("DELETE", `${path}/placing-stop`, {});
        } catch (error) {
          show(stop);
          return status.showFailure(error);
        }
        show(null);
        return status.show("success", "The mark is taken back");
      },
    });
  }
}

/** @param {Api.PlacingStop} stop */
function mark(stop) {
  return notice("warning", "Not placing here", [
    h("p", null, `The council is not placing people at this home ${daysInWords(stop)}.`),
  ]);
}
