// Keeps what is typed: every few seconds on the server, at every stroke on this device.
// Without this script the two buttons of the form do the same by hand.
const form = document.querySelector("[data-writing]");
const { asText, forget, keep: keepHere, put, recover } = form ? await import(form.dataset.writingStore) : {};
const { ask, choose } = form ? await import(form.dataset.writingNotes) : {};
const EVERY = 4000;
let store = form?.dataset.writing;
let isSending = false;
let photoWaits = false;
let pressed, timer;

const say = (text) => (document.querySelector("[data-writing-state]").textContent = text);
const next = () => form.elements.sequence.value++;

async function restore() {
  const own = { key: form.elements.key.value, base: form.elements.base.value };
  const found = await recover(form, [store, form.dataset.writingElsewhere].filter(Boolean));
  if (!found) return;
  const note = document.querySelector("[data-writing-restored]");
  note.hidden = false;
  note.querySelector("[data-writing-discard]").addEventListener("click", () => {
    clearTimeout(timer);
    put(form, found.before);
    for (const name in own) form.elements[name].value = own[name];
    forget(found.name, found.key);
    note.hidden = true;
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
  const before = asText(form);
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
  if (answer.status === 413) return say(form.dataset.tooLarge);
  if (answer.status >= 500) return trouble();
  // To be led elsewhere means the sign-in page, which may speak JSON as well.
  if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) return say(form.dataset.signedOut);
  const told = await answer.json();
  if (answer.status === 409 && told.base) {
    choose(told.url, () => {
      form.elements.base.value = told.base;
      keep();
    });
  }
  if (!answer.ok) return say(form.dataset.refused.replace("{why}", Object.values(told.errors).flat().join(" ")));
  settle(told, before, picture && !told.errors.photo);
  if (picture && told.errors.photo) {
    photoWaits = false;
    form.elements.photo.value = "";
  }
  ask(told.twins);
  const wrong = Object.entries(told.errors).map(([name, words]) => `${told.labels[name] ?? ""}: ${words.join(" ")}`);
  if (wrong.length) say(form.dataset.failed.replace("{why}", wrong.join(" ")));
  else say(form.dataset.saved.replace("{at}", told.at));
}

function trouble() {
  say(form.dataset.trouble);
  later(EVERY * 3);
}

// The server has it: go on at the draft's own address; forget the copy unless more was typed.
function settle(told, before, photoIsKept) {
  history.replaceState(null, "", told.url);
  form.elements.base.value = told.base;
  if (photoIsKept) {
    photoWaits = false;
    form.elements.photo.value = "";
    document.querySelector("[data-writing-photo]").textContent = "✓ " + told.photo;
  }
  forget(store, form.elements.key.value);
  store = "item-" + told.page;
  if (asText(form) !== before) {
    keepHere(store, form);
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

function later(after = EVERY) {
  clearTimeout(timer);
  timer = setTimeout(keep, after);
}

if (form) {
  restore();
  form.addEventListener("input", () => {
    photoWaits ||= form.elements.photo.files.length > 0;
    next();
    keepHere(store, form);
    later();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    next();
    keepHere(store, form);
    if (!navigator.onLine) {
      event.preventDefault(); // the browser's own page of errors would take its place
      return say(form.dataset.offline);
    }
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
