// Once the page is there: register the service worker, and tell it that this page was read.
async function tell() {
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const canonical = document.querySelector('link[rel="canonical"]');
  if (!canonical || location.search || new URL(canonical.href).pathname !== location.pathname) return;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = parts.filter((url) => url.startsWith(`${location.origin}/`));
  active.postMessage({ kind: "read", path: location.pathname, parts: own });
}

function whenIdle() {
  (window.requestIdleCallback ?? setTimeout)(() => tell().catch(() => {}));
}

if (navigator.serviceWorker) {
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle);
}
