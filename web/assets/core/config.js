// What the stack says of itself: the council, where to sign in, the map's tiles.

let loading;

export function config() {
  if (!loading) {
    loading = fetch("/config.json").then((answer) => {
      if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
      return answer.json();
    });
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

// Whether the site answers at this moment. The browser's own word on it is often wrong; the
// question mark takes the request past the service worker.
export async function reachable() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 5000);
  try {
    const answer = await fetch("/config.json?now", {
      method: "HEAD",
      cache: "no-store",
      signal: patience.signal,
    });
    return answer.ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
