// What a browser keeps of a text until the server has it.
const PREFIX = "zona-tulis-";
const NO_KEY = "00000000-0000-0000-0000-000000000000";
const KEPT = 60 * 24 * 3600 * 1000; // milliseconds; as long does the server know a form
const AHEAD = 1000; // so that a window that is still open elsewhere counts as the older one
const NOT_TEXT = ["csrfmiddlewaretoken", "key", "sequence", "base", "same_title"];

// What the form says, without the file and what is about the form itself.
export function typed(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_TEXT.includes(name)) (values[name] ??= []).push(value);
  }
  return values;
}

export const asText = (form) => JSON.stringify(typed(form));

export function put(form, values) {
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || NOT_TEXT.includes(field.name)) continue;
    const given = values[field.name];
    if (field.type === "checkbox") field.checked = Boolean(given?.includes(field.value));
    else if (given && field.type !== "submit") field.value = given[0];
  }
}

// Each form keeps its own: two windows of one draft must not take each other's words away.
export function keep(name, form) {
  const { key, sequence, base } = form.elements;
  const about = { key: key.value, sequence: Number(sequence.value), base: base.value, at: Date.now() };
  try {
    localStorage.setItem(place(name, key.value), JSON.stringify({ ...about, values: typed(form) }));
  } catch {} // a full or closed store: the server still keeps it
}

export function forget(name, key) {
  try {
    localStorage.removeItem(place(name, key));
  } catch {}
}

const place = (name, key) => `${PREFIX}${name}.${key}`;

// What forms under this name have kept, the newest first.
function read(name) {
  const found = [];
  try {
    for (const each of Object.keys(localStorage).filter((each) => each.startsWith(`${PREFIX}${name}.`))) {
      const kept = JSON.parse(localStorage.getItem(each));
      if (Date.now() - kept.at > KEPT) localStorage.removeItem(each);
      else found.push(kept);
    }
  } catch {}
  return found.sort((one, other) => other.at - one.at);
}

// What the server knows of the form that a kept text came from; null when it never arrived.
async function find(form, key) {
  const url = form.dataset.writingFind.replace(NO_KEY, key);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

// Looks for a kept text that has not reached the server, and lets the form go on as its own: with
// its key, so that it ends in the same draft. Returns what stood in the form before, or null.
export async function recover(form, names) {
  for (const [name, kept] of names.flatMap((name) => read(name).map((kept) => [name, kept]))) {
    const known = await find(form, kept.key).catch(() => null);
    if (known && known.sequence >= kept.sequence) {
      forget(name, kept.key);
      continue;
    }
    if (known?.url && known.url !== location.pathname) {
      localStorage.setItem(place(`item-${known.page}`, kept.key), JSON.stringify(kept));
      forget(name, kept.key);
      location.replace(known.url);
      return null;
    }
    if (JSON.stringify(kept.values) === asText(form)) {
      forget(name, kept.key);
      continue;
    }
    const before = typed(form);
    put(form, kept.values);
    form.elements.key.value = kept.key;
    form.elements.base.value = kept.base;
    form.elements.sequence.value = kept.sequence + AHEAD;
    return { name, key: kept.key, before };
  }
  return null;
}
