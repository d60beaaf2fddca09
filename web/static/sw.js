// Caches the pages that open without a network. Responses of the API are never cached here.

importScripts("/shell.js"); // the build's list: self.SHELL

const TIMEOUT_MS = 2500; // on a slow line, before the cached page is shown
const CACHE = `bedboard-${self.SHELL.version}`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(self.SHELL.addresses)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  const isPage = mode === "navigate";
  // A query on a page is for its script; on anything else it asks for the network.
  if (method !== "GET" || origin !== location.origin || (search && !isPage)) return;
  if (!self.SHELL.addresses.includes(pathname)) return;
  event.respondWith(
    pathname.startsWith("/assets/") ? cacheFirst(event.request) : networkFirst(pathname, event),
  );
});

// An asset's address changes with its content, so a cached one is right.
async function cacheFirst(request) {
  return (await caches.match(request)) || fetch(request);
}

async function networkFirst(pathname, event) {
  const cached = await caches.match(pathname);
  let caching;
  const response = fetch(event.request).then((fresh) => {
    if (fresh.ok && !fresh.redirected) {
      const copy = fresh.clone();
      caching = caches.open(CACHE).then((cache) => cache.put(pathname, copy));
    }
    return fresh;
  });
  event.waitUntil(
    response.then(
      () => caching,
      () => {},
    ),
  );
  if (!cached) return response;
  const timeout = new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS, cached.clone()));
  return Promise.race([response.catch(() => cached), timeout]);
}
