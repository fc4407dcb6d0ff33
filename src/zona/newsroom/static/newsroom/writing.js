// Keeps what is typed: every few seconds on the server, at every stroke on this device.
// Without this script the two buttons of the form do the same by hand.
const form = document.querySelector("[data-writing]");
const EVERY = 4000;
const PREFIX = "zona-tulis-";
let key = PREFIX + form?.dataset.writing;
let isSending = false;
let photoWaits = false;
let pressed, timer;

const say = (text) => (document.querySelector("[data-writing-state]").textContent = text);

// What the form says, without the file and the token.
function typed() {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") (values[name] ??= []).push(value);
  }
  return values;
}
const text = () => JSON.stringify({ ...typed(), seen_revision: undefined });

function keepHere() {
  try {
    localStorage.setItem(key, JSON.stringify({ values: typed(), text: text() }));
  } catch {} // a full or closed store: the server still keeps it
}

function put(values) {
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.name === "csrfmiddlewaretoken") continue;
    const given = values[field.name];
    if (field.type === "checkbox") field.checked = Boolean(given?.includes(field.value));
    else if (given && field.type !== "submit") field.value = given[0];
  }
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(key));
  if (!kept) return;
  if (kept.text === text()) return localStorage.removeItem(key);
  const before = typed();
  put(kept.values);
  const note = document.querySelector("[data-writing-restored]");
  note.hidden = false;
  note.querySelector("[data-writing-discard]").addEventListener("click", () => {
    put(before);
    localStorage.removeItem(key);
    note.hidden = true;
    later();
  });
  later();
}

async function renewToken() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!new URL(answer.url).pathname.includes("/tulis/")) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-writing] [name=csrfmiddlewaretoken]");
  if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
  return Boolean(fresh);
}

async function send(isSecondTry = false) {
  const before = text();
  const data = new FormData(form);
  const picture = photoWaits;
  if (!picture) data.delete("photo");
  say(form.dataset.saving);
  const answer = await fetch(location.href, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
  });
  if (answer.status === 403 && !isSecondTry && (await renewToken())) return send(true);
  // To be led elsewhere means the sign-in page, which may speak JSON as well.
  if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) return say(form.dataset.signedOut);
  const told = await answer.json();
  const wrong = Object.values(told.errors).flat();
  if (answer.ok) settle(told, before, picture && !told.errors.photo);
  if (picture && told.errors.photo) {
    photoWaits = false;
    form.elements.photo.value = "";
  }
  if (wrong.length) say(form.dataset.failed.replace("{why}", wrong.join(" ")));
  else say(form.dataset.saved.replace("{at}", told.at));
}

// The server has it: go on at the draft's own address; forget the copy unless more was typed.
function settle(told, before, photoIsKept) {
  history.replaceState(null, "", told.url);
  form.elements.seen_revision.value = told.revision;
  if (photoIsKept) {
    photoWaits = false;
    form.elements.photo.value = "";
    document.querySelector("[data-writing-photo]").textContent = "✓ " + told.photo;
  }
  localStorage.removeItem(key);
  key = PREFIX + "item-" + told.page;
  if (text() !== before) {
    keepHere();
    later();
  }
}

async function keep() {
  if (isSending) return later();
  isSending = true;
  try {
    await send();
  } catch {
    say(form.dataset.offline);
    later();
  } finally {
    isSending = false;
    if (pressed) form.requestSubmit(pressed);
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(keep, EVERY);
}

if (form) {
  try {
    restore();
  } catch {} // a device that keeps nothing
  form.addEventListener("input", () => {
    photoWaits ||= form.elements.photo.files.length > 0;
    keepHere();
    later();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keepHere();
    pressed = isSending ? event.submitter : null; // the draft must have its address first
    if (pressed) event.preventDefault();
  });
  addEventListener("online", keep);
  // A tap into a guiding text selects it whole, so that typing replaces it.
  form.addEventListener("click", ({ target }) => {
    if (target.tagName !== "TEXTAREA" || target.selectionStart !== target.selectionEnd) return;
    const at = target.selectionStart;
    for (const { index, 0: guide } of target.value.matchAll(/\{[^{}\n]+\}/g)) {
      if (index < at && at < index + guide.length) target.setSelectionRange(index, index + guide.length);
    }
  });
}
