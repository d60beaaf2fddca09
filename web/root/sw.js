// Keeps the pages that open without a network. What the API says is never kept here.

importScripts("/shell.js"); // the build's list: self.SHELL

const PATIENCE_MS = 2500; // on a bad line, before a page is shown as it was kept
const KEPT = `bedboard-${self.SHELL.version}`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(self.SHELL.addresses)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((each) => each !== KEPT).map((each) => caches.delete(each))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  const page = mode === "navigate";
  // A query is the page's own business; on anything else it asks for the network.
  if (method !== "GET" || origin !== location.origin || (search && !page)) return;
  if (!self.SHELL.addresses.includes(pathname)) return;
  event.respondWith(
    pathname.startsWith("/assets/") ? keptFirst(event.request) : newestFirst(pathname, event),
  );
});

// An asset's address changes with its content, so a kept one is right.
async function keptFirst(request) {
  return (await caches.match(request)) || fetch(request);
}

async function newestFirst(pathname, event) {
  const kept = await caches.match(pathname);
  let keeping;
  const fetched = fetch(event.request).then((answer) => {
    if (answer.ok && !answer.redirected) {
      const copy = answer.clone();
      keeping = caches.open(KEPT).then((cache) => cache.put(pathname, copy));
    }
    return answer;
  });
  event.waitUntil(
    fetched.then(
      () => keeping,
      () => {},
    ),
  );
  if (!kept) return fetched;
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept.clone()));
  return Promise.race([fetched.catch(() => kept), patience]);
}
