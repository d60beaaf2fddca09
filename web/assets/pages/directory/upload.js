// Sends a file straight to the bucket, by the form that the API gave for it.

import { NoResponse, Refusal } from "../../core/failures.js";

// With no byte gone for so long the connection counts as lost.
const PATIENCE_MS = 60000;

// `onProgress(fraction)`. Throws NoResponse, or Refusal where the bucket did not take it.
export function send({ url, fields }, file, onProgress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file); // the bucket passes over what comes after it
  return new Promise((resolve, reject) => {
    // Not fetch: that cannot tell how much has gone.
    const request = new XMLHttpRequest();
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), PATIENCE_MS);
    };
    const end = (settle, value) => {
      clearTimeout(timer);
      window.removeEventListener("beforeunload", stay);
      settle(value);
    };
    const lost = () => end(reject, new NoResponse("the bucket did not answer"));
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      wait();
      if (total) onProgress(loaded / total);
    });
    request.addEventListener("load", () => {
      if (request.status < 300) return end(resolve);
      if (request.status >= 500) return lost();
      // Whatever its status: it is no want of rights, which a 403 would be told as.
      return end(reject, new Refusal(409, { detail: refused(request.status) }));
    });
    request.addEventListener("error", lost);
    request.addEventListener("abort", lost);
    window.addEventListener("beforeunload", stay);
    request.open("POST", url);
    wait();
    request.send(form);
  });
}

function stay(event) {
  event.preventDefault();
}

function refused(status) {
  return (
    `The file was not taken (${status}). It may have changed since you chose it, or waited too ` +
    "long: choose it again."
  );
}
