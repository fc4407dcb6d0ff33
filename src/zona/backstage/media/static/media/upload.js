// Uploads a recording in pieces (core of tus 1.0) and goes on after a break, even days later when
// the same file is chosen again. Without it the form sends the file whole.
const PIECE = 8 * 1024 * 1024; // bytes
const LONGEST_PAUSE = 30; // seconds between two tries
const words = document.querySelector("[data-words]")?.dataset ?? {};
const readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const megabytes = (bytes) => `${(bytes / 1048576).toLocaleString("id", { maximumFractionDigits: 1 })} MB`;

class Refused extends Error {
  constructor(errors) {
    super(errors.join("\n"));
    this.errors = errors;
  }
}

function say(form, text, share = null) {
  const place = form.querySelector("[data-progress]");
  place.hidden = !text;
  place.querySelector("[data-status]").textContent = text;
  if (share !== null) place.querySelector("progress").value = share;
}

function complain(form, errors) {
  const place = form.querySelector("[data-errors]");
  place.replaceChildren(...errors.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  place.hidden = !errors.length;
  if (errors.length) place.focus();
}

function left(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return new Intl.NumberFormat("id", { style: "unit", unit: "minute", unitDisplay: "long" }).format(minutes);
}

async function begin(form, file) {
  const data = new FormData(form);
  data.delete("file");
  data.set("name", file.name);
  data.set("length", file.size);
  const answer = await fetch(form.action || location.href, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
  });
  if (answer.status === 201) {
    return { url: answer.headers.get("Location"), detail: (await answer.json()).detail };
  }
  const said = await answer.json().catch(() => ({}));
  throw new Refused(said.errors ?? [words.lost]);
}

async function askOffset(url, headers) {
  const answer = await fetch(url, { method: "HEAD", headers });
  if (answer.status === 404 || answer.status === 403) throw new Refused([words.lost]);
  if (!answer.ok) throw new Error(answer.status);
  return Number(answer.headers.get("Upload-Offset"));
}

async function sendPiece(url, headers, file, offset) {
  const answer = await fetch(url, {
    method: "PATCH",
    body: file.slice(offset, offset + PIECE),
    headers: {
      ...headers,
      "Upload-Offset": String(offset),
      "Content-Type": "application/offset+octet-stream",
    },
  });
  if (answer.status === 422) throw new Refused((await answer.json()).errors);
  if (answer.status === 404 || answer.status === 403) throw new Refused([words.lost]);
  if (!answer.ok) throw new Error(answer.status);
  return Number(answer.headers.get("Upload-Offset"));
}

async function send(form, file, url) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": token };
  let offset = null;
  let failures = 0;
  let started = null;
  while (offset === null || offset < file.size) {
    try {
      if (offset === null) {
        offset = await askOffset(url, headers);
        started = { at: performance.now(), offset };
      }
      if (offset < file.size) offset = await sendPiece(url, headers, file, offset);
      failures = 0;
      const seconds = (performance.now() - started.at) / 1000;
      const rate = (offset - started.offset) / seconds || 1;
      const share = Math.floor((100 * offset) / file.size);
      const values = { share, size: megabytes(file.size), time: left((file.size - offset) / rate) };
      say(form, fill(words.running, values), share);
    } catch (error) {
      if (error instanceof Refused) throw error;
      const pause = Math.min(2 ** failures++, LONGEST_PAUSE);
      say(form, fill(words.waiting, { seconds: pause }));
      await sleep(pause);
      offset = null; // the server knows best how much has arrived
    }
  }
}

function known(file) {
  const rows = [...(readJson("unfinished") ?? []), readJson("unfinished-one")].filter(Boolean);
  return rows.find((row) => row.name === file.name && row.length === file.size);
}

async function upload(form) {
  const file = form.querySelector("input[type=file]").files[0];
  if (!file) return complain(form, [words.choose]);
  const before = known(file);
  const only = readJson("unfinished-one");
  if ("resume" in form.dataset && !before) return complain(form, [fill(words.other, only)]);
  const keep = (event) => event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  complain(form, []);
  button.disabled = true;
  addEventListener("beforeunload", keep);
  try {
    const share = before && Math.floor((100 * before.offset) / before.length);
    say(form, before ? fill(words.known, { share }) : words.begin, share ?? 0);
    const { url, detail } = before ?? (await begin(form, file));
    await send(form, file, url);
    removeEventListener("beforeunload", keep);
    say(form, words.done, 100);
    location.assign(detail);
  } catch (error) {
    say(form, "");
    complain(form, error instanceof Refused ? error.errors : [words.stopped]);
    button.disabled = false;
  } finally {
    removeEventListener("beforeunload", keep);
  }
}

for (const form of document.querySelectorAll("[data-upload], [data-resume]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    upload(form);
  });
}
