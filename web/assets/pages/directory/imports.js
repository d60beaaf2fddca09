// The API of imports: begin one, upload its file, wait for its report.

import { request } from "../../core/api.js";
import { NoResponse, Refusal } from "../../core/failures.js";

/** With no byte sent for so long, the connection counts as lost. */
const STALLED_MS = 60000;

const DEADLINE_MS = 20 * 60000;
const SLOW_MS = 60000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

const CHECKING =
  "The file has been uploaded. We are checking each row. This can take a few minutes.";
const STILL_CHECKING =
  "We are still checking the file. The whole of England takes a few minutes. " +
  "You can leave this page and come back later.";
const DISCONNECTED =
  "The file has been uploaded. There is no connection at the moment. This page will keep trying.";

/**
 * @typedef {object} StartedImport
 * @property {string} import_id
 * @property {UploadForm} form
 *
 * @typedef {object} UploadForm where and with which fields the bucket takes the file
 * @property {string} url
 * @property {Record<string, string>} fields
 *
 * @typedef {object} ReportPage
 * @property {number} [offset]
 * @property {number} [limit]
 * @property {"problems"} [only]
 */

/**
 * Upload a file straight to the bucket, by the form that the API gave for it.
 *
 * Throws NoResponse, or Refusal where the bucket does not take the file.
 * @param {UploadForm} form
 * @param {File} file
 * @param {(fraction: number) => void} onProgress called with 0 to 1
 * @returns {Promise<void>}
 */
export function uploadFile({ url, fields }, file, onProgress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file); // the bucket ignores what comes after it
  return new Promise((resolve, reject) => {
    // Not fetch: that cannot tell how much was sent.
    const upload = new XMLHttpRequest();
    let timer = 0;
    const restartTimer = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => upload.abort(), STALLED_MS);
    };
    const finish = () => {
      clearTimeout(timer);
      window.removeEventListener("beforeunload", warnBeforeLeaving);
    };
    const fail = (/** @type {Error} */ error) => {
      finish();
      reject(error);
    };
    const failWithoutResponse = () => fail(new NoResponse("the bucket did not answer"));
    upload.upload.addEventListener("progress", ({ loaded, total }) => {
      restartTimer();
      if (total) onProgress(loaded / total);
    });
    upload.addEventListener("load", () => {
      if (upload.status >= 500) return failWithoutResponse();
      // Not the bucket's own 403: that would be shown as missing rights.
      if (upload.status >= 300) return fail(new Refusal(409, { detail: notTaken(upload.status) }));
      finish();
      return resolve();
    });
    upload.addEventListener("error", failWithoutResponse);
    upload.addEventListener("abort", failWithoutResponse);
    window.addEventListener("beforeunload", warnBeforeLeaving);
    upload.open("POST", url);
    restartTimer();
    upload.send(form);
  });
}

/** @param {Event} event */
function warnBeforeLeaving(event) {
  event.preventDefault();
}

/** @param {number} status */
function notTaken(status) {
  return (
    `The file was not accepted (${status}). It may have changed since you chose it, or the upload ` +
    "took too long. Choose the file again."
  );
}

/**
 * Wait for the report of an import; null where there is none by the deadline.
 *
 * Throws Refusal, SignInNeeded, or NoResponse after the deadline.
 * @param {string} id
 * @param {(words: string) => void} onWait called with what to tell the person meanwhile
 * @returns {Promise<Api.ImportReport | null>}
 */
export async function waitForReport(id, onWait) {
  const start = Date.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    try {
      const report = await readReport(id);
      if (report.state === "reported") return report;
      const waited = Date.now() - start;
      if (waited > DEADLINE_MS) return null;
      onWait(waited < SLOW_MS ? CHECKING : STILL_CHECKING);
    } catch (error) {
      if (!(error instanceof NoResponse) || Date.now() - start > DEADLINE_MS) throw error;
      onWait(DISCONNECTED);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/**
 * Read some rows of a report, with what the import came to.
 * @param {string} id
 * @param {ReportPage} [page]
 * @returns {Promise<Api.ImportReport>}
 */
export function readReport(id, page = {}) {
  const values = Object.entries(page).map(([name, value]) => [name, String(value)]);
  const query = new URLSearchParams(values).toString();
  return request("GET", `/imports/${encodeURIComponent(id)}${query && `?${query}`}`);
}
