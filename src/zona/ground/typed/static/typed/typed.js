// Tells beneath a field how what was typed is understood, and writes a chosen day into it.
// Never changes what a person typed. Listens at the document: fields may be added later.

const MONTHS = new Intl.DateTimeFormat("id", { month: "long", timeZone: "UTC" });

document.documentElement.classList.add("has-typed");

document.addEventListener("change", (event) => {
  const field = event.target.closest?.("[data-typed-field]");
  if (!field) return;
  if (event.target.matches("[data-typed-native]")) write(field, event.target.value);
  else tell(field, event.target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-typed-choose]");
  if (!button) return;
  const native = button.parentElement.querySelector("[data-typed-native]");
  if (native.showPicker) native.showPicker();
  else native.focus();
});

function write(field, value) {
  if (!value) return;
  const [day, time] = value.split("T");
  const date = new Date(`${day}T00:00:00Z`);
  const said = `${date.getUTCDate()} ${MONTHS.format(date)} ${date.getUTCFullYear()}`;
  const input = field.querySelector("input");
  input.value = time ? `${said}, ${time.slice(0, 5).replace(":", ".")}` : said;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function tell(field, input) {
  const note = field.querySelector("[data-typed-note]");
  const { typedKind: kind, typedUrl: url } = note.dataset;
  const text = input.value;
  note.textContent = "";
  note.classList.remove("typed__note--wrong");
  if (!url || !text.trim()) return;
  const query = new URLSearchParams({ jenis: kind, teks: text });
  try {
    const answer = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || input.value !== text) return;
    const { said, wrong } = await answer.json();
    note.textContent = wrong || said;
    note.classList.toggle("typed__note--wrong", Boolean(wrong));
  } catch {
    // Without a network the server says it when the form is sent.
  }
}
