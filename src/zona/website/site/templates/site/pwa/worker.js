// The service worker of Zona (made by website/site/machines/pwa.py). It answers from the network, and from what
// this device has read when there is none. It keeps nothing personal and reports to nobody.
const VERSION = "{{ version }}";
const SHELL = `zona-dasar:${VERSION}`;
const SHELL_PARTS = {{ parts|safe }};
const READ = "zona-baca:"; // a cache for each page read: "zona-baca:<when>:<path>"
const KEEP = 24; // pages
const PATIENCE = 4000; // ms until a kept copy is shown instead of waiting on
const LARGEST = 1_000_000; // bytes of one picture
// Never looked at: staff, accounts, files, recordings, forms.
const REFUSED = /^(\/en)?\/(kantor|akun|dokumen|rekaman|langganan|umpan-balik|-)\//;
const PARTS = /^(\/en)?\/(static|media)\/|\/aksen\/$/;

for (const url of {{ imports|safe }}) importScripts(url);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(SHELL_PARTS)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("zona-dasar:") && name !== SHELL) await caches.delete(name);
      }
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || REFUSED.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(showPage(event, url));
  else if (PARTS.test(url.pathname) && !request.headers.has("range")) event.respondWith(showPart(request));
});

async function showPage(event, url) {
  const answer = (async () => (await event.preloadResponse) || fetch(event.request))();
  const kept = url.search ? undefined : await findKept(url.pathname);
  try {
    return await (kept ? Promise.race([answer, fail(PATIENCE)]) : answer);
  } catch {
    answer.catch(() => {}); // late or failed: nobody waits for it any more
    const offline = url.pathname.startsWith("/en/") ? "/en/luring/" : "/luring/";
    return kept || (await caches.match(offline)) || Response.error();
  }
}

async function showPart(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { ignoreVary: true })) || Response.error();
  }
}

function fail(after) {
  return new Promise((_, reject) => setTimeout(reject, after, new Error("late")));
}

const pathOf = (name) => name.slice(name.indexOf(":", READ.length) + 1);
const listRead = async () => (await caches.keys()).filter((name) => name.startsWith(READ)).sort();

// The newest whole copy: one that is still being kept, or was broken off, has no page yet.
async function findKept(path) {
  for (const name of (await listRead()).filter((each) => pathOf(each) === path).reverse()) {
    const page = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (page) return page;
  }
  return undefined;
}

// A page tells that it was read, and of which parts it was made (static/site/pwa/register.js).
self.addEventListener("message", (event) => {
  const { kind, path, parts } = event.data ?? {};
  if (kind === "read") event.waitUntil(keep(path, parts));
});

async function keep(path, parts) {
  if (REFUSED.test(path) || SHELL_PARTS.includes(path)) return;
  const older = (await listRead()).filter((name) => pathOf(name) === path);
  // What the browser has just loaded is still in its own store: as a rule nothing travels again.
  const load = (url) => fetch(url, { cache: "force-cache", credentials: "omit" });
  const page = await load(path).catch(() => null);
  if (!page || !isKept(page)) return;
  const name = `${READ}${Date.now()}:${path}`;
  const cache = await caches.open(name);
  await Promise.allSettled(
    parts.filter((url) => PARTS.test(new URL(url).pathname)).map(async (url) => {
      const part = await load(url);
      if (part.ok && Number(part.headers.get("content-length") ?? 0) <= LARGEST) await cache.put(url, part);
    }),
  );
  await cache.put(path, page); // last: who finds the page finds its parts
  for (const each of older) await caches.delete(each);
  for (const each of (await listRead()).slice(0, -KEEP)) await caches.delete(each);
}

function isKept(answer) {
  const policy = answer.headers.get("cache-control") ?? "";
  const form = answer.headers.get("content-type") ?? "";
  return answer.ok && !answer.redirected && form.startsWith("text/html") && !/no-store|private/.test(policy);
}
