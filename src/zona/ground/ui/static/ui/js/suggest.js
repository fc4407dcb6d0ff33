// Titles that fit, under a search field while one types: a combobox with a listbox (ARIA 1.2).
// Without script, or without an answer, the field is what it was: a form that searches.

const WAIT = 150; // ms after the last key
const SHORTEST = 2;

for (const input of document.querySelectorAll("input[data-suggest]")) enhance(input);

function enhance(input) {
  const form = input.form;
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let timer, asked;
  let current = -1;

  list.id = `${input.id}-saran`;
  list.className = "ui-suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  status.className = "ui-hidden";
  status.setAttribute("role", "status");
  input.closest(".ui-search").append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) input.setAttribute(name, value);

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const point = (next) => {
    const options = list.children;
    options[current]?.setAttribute("aria-selected", "false");
    // One step beyond either end is the field itself.
    current = next < -1 ? options.length - 1 : next >= options.length ? -1 : next;
    const option = options[current];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const show = (rows) => {
    list.replaceChildren(...rows.map((row, number) => describe(row, `${list.id}-${number}`)));
    current = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = rows.length === 0;
    input.setAttribute("aria-expanded", String(rows.length > 0));
    status.textContent = rows.length ? `${rows.length} ${input.dataset.suggestCount}` : "";
  };

  const ask = async () => {
    asked?.abort();
    const words = input.value.trim();
    if (words.length < SHORTEST) return close();
    asked = new AbortController();
    const url = new URL("saran/", form.action);
    url.searchParams.set("q", words);
    try {
      const response = await fetch(url, { signal: asked.signal });
      if (response.ok) show(await response.json());
    } catch {
      // Aborted by the next key, or no network: the form still works.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(current + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      location.assign(list.children[current].dataset.url);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

function describe(row, id) {
  const option = document.createElement("li");
  const kind = document.createElement("span");
  option.id = id;
  option.dataset.url = row.url;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  kind.className = "ui-suggest__kind";
  kind.textContent = row.kind;
  option.append(row.title, " ", kind);
  return option;
}
