// The pages that this device keeps (written by the service worker), newest first.
const READ = "zona-baca:";
const box = document.querySelector("[data-kept]");
const list = box.querySelector("ul");

async function show() {
  const names = (await caches.keys()).filter((name) => name.startsWith(READ)).sort().reverse();
  for (const name of names) {
    const path = name.slice(name.indexOf(":", READ.length) + 1);
    const answer = await (await caches.open(name)).match(path);
    if (!answer) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const row = list.appendChild(document.createElement("li"));
    row.className = "ui-row";
    const link = row.appendChild(document.createElement("a"));
    link.href = path;
    link.lang = page.documentElement.lang;
    link.textContent = page.title || path;
  }
  box.hidden = !list.children.length;
  document.querySelector("[data-none]").hidden = !box.hidden;
}

document.querySelector("[data-retry]").addEventListener("click", () => location.reload());
box.querySelector("[data-forget]").addEventListener("click", async () => {
  for (const name of await caches.keys()) if (name.startsWith(READ)) await caches.delete(name);
  list.replaceChildren();
  await show();
});
if (window.caches) await show();
