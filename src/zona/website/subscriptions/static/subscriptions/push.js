// Follows an office by notifications of this browser. The browser is asked only after a press.
const WORKER = "/sw.js";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager?.getSubscription() ?? null;
}

async function post(url, data) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
    body: JSON.stringify(data),
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
}

async function start(box) {
  const { prove } = await import(box.dataset.guard);
  const proof = prove(box.dataset.challenge, box.dataset.solver);
  const { key } = await (await fetch(box.dataset.key, { credentials: "omit" })).json();
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: toBytes(key),
  });
  const { endpoint, keys } = subscription.toJSON();
  const office = box.dataset.push;
  try {
    await post(box.dataset.register, { endpoint, keys, office, topic: "kantor", proof: await proof });
  } catch (error) {
    await subscription.unsubscribe(); // what we do not know of must not stay open
    throw error;
  }
}

async function stop(box, subscription) {
  await post(box.dataset.unregister, { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

async function wire(box) {
  const button = box.querySelector("[data-push-button]");
  const label = button.querySelector("span");
  const status = box.querySelector("[data-push-status]");
  const show = (isFollowing) => {
    button.setAttribute("aria-pressed", String(isFollowing));
    label.textContent = isFollowing ? label.dataset.on : label.dataset.off;
  };
  show(Boolean(await current()));
  box.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const subscription = await current();
      if (subscription) await stop(box, subscription);
      else if ((await Notification.requestPermission()) === "granted") await start(box);
      const isFollowing = Boolean(await current());
      show(isFollowing);
      if (Notification.permission === "denied") status.textContent = status.dataset.denied;
      else if (isFollowing || subscription) {
        status.textContent = isFollowing ? status.dataset.following : status.dataset.left;
      }
    } catch {
      status.textContent = status.dataset.failed;
      show(Boolean(await current()));
    } finally {
      button.disabled = false;
    }
  });
}

const isAble = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
if (isAble) for (const box of document.querySelectorAll("[data-push]")) wire(box);
