// Caches the pages that open without a network. Responses of the API are never cached here.
//
// A page and the modules that it names are cached together, as one release, or not at all: a page
// that came after its release was cached is shown, and not cached.

importScripts("/shell.js"); // the build's list: self.SHELL

const TIMEOUT_MS = 2500; // on a slow line, before the cached page is shown
const CACHE = `bedboard-${self.SHELL.version}`;
const CONFIG = "/config.json"; // of the stack, and of no release

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install());
});

// Throws where something did not arrive, or is of another release: the browser tries again later.
async function install() {
  const { addresses, assets } = self.SHELL;
  const cache = await caches.open(CACHE);
  try {
    await cache.addAll(addresses);
    for (const address of addresses.filter((each) => each === "/" || each.endsWith(".html"))) {
      const page = await (await cache.match(address)).text();
      if (!page.includes(assets)) throw new Error(`${address} is of another release`);
    }
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

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
  return (await cached(request)) || fetch(request);
}

// Another release may be arriving in a cache of its own.
async function cached(request) {
  return (await caches.open(CACHE)).match(request);
}

async function networkFirst(pathname, event) {
  const before = await cached(pathname);
  let caching;
  const response = fetch(event.request).then((fresh) => {
    if (pathname === CONFIG && fresh.ok && !fresh.redirected) {
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
  if (!before) return response;
  const timeout = new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS, before.clone()));
  return Promise.race([response.catch(() => before), timeout]);
}
