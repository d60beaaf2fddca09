// The configuration of the stack: the council, where to sign in, the map's tiles.

/** @type {Promise<SiteConfig> | undefined} */
let loading;

/** Load the configuration, once. */
export function config() {
  if (!loading) {
    loading = fetch("/config.json").then((response) => {
      if (!response.ok) throw new Error(`config.json: ${response.status}`);
      return response.json();
    });
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

/**
 * Say whether the site can be reached now. What the browser itself says of it is often wrong.
 * @returns {Promise<boolean>}
 */
export async function reachable() {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 5000);
  try {
    // The question mark takes the request past the service worker.
    const response = await fetch("/config.json?now", {
      method: "HEAD",
      cache: "no-store",
      signal: abort.signal,
    });
    return response.ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
