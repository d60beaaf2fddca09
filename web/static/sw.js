// Caches the pages that open without a network: some for every phone, others once they were open there.
// Responses of the API are never cached here.
//
// A page and the modules that it names are cached together, as one release, or not at all: a page
// that came after its release was cached is shown, and not cached.

importScripts("/shell.js"); // the build's list: self.SHELL

const TIMEOUT_MS = 2500; // on a slow line, before the cached page is shown
const CACHE = `bedboard-${self.SHELL.version}`;
const CONFIG = "/config.json"; // of the stack, and of no release
const KEPT = new Set([...self.SHELL.addresses, ...Object.values(self.SHELL.pages).flat()]);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install());
});

// Throws where something did not arrive, or is of another release: the browser tries again later.
async function install() {
  try {
    await keep(self.SHELL.addresses);
    // A page that was kept in the release before is kept in this one too.
    for (const page of Object.keys(self.SHELL.pages)) {
      if (await caches.match(page)) await keep(self.SHELL.pages[page]);
    }
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

// Caches all of them, or none. Throws where one did not arrive, or a page is of another release.
async function keep(addresses) {
  const responses = await Promise.all(
    addresses.map(async (address) => {
      const response = await fetch(address);
      if (!response.ok || response.redirected) throw new Error(`${address}: ${response.status}`);
      const isPage = address === "/" || address.endsWith(".html");
      if (isPage && !(await response.clone().text()).includes(self.SHELL.assets)) {
        throw new Error(`${address} is of another release`);
      }
      return response;
    }),
  );
  const cache = await caches.open(CACHE);
  await Promise.all(addresses.map((address, number) => cache.put(address, responses[number])));
}

// Keeps a page that opens without a network once it was open. Its assets are in the browser's cache.
async function keepOpened(page) {
  const addresses = self.SHELL.pages[page];
  if (!addresses || (await cached(page))) return;
  // Without it, the page works as long as there is a network; the next opening tries again.
  await keep(addresses).catch(() => {});
}

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
  // The first page of a phone was open before there was a worker to see it.
  const windows = await self.clients.matchAll({ type: "window" });
  await Promise.all(windows.map(({ url }) => keepOpened(new URL(url).pathname)));
}

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  const isPage = mode === "navigate";
  // A query on a page is for its script; on anything else it asks for the network.
  if (method !== "GET" || origin !== location.origin || (search && !isPage)) return;
  if (!KEPT.has(pathname)) return;
  if (isPage) event.waitUntil(keepOpened(pathname));
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
