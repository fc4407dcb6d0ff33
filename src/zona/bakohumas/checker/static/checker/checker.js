// Sends what is being written to the checker and shows what it says; without it the server does so on
// saving. Works in the writing screen (plain fields) and in Wagtail's page editor.
const PAUSE = 900;
const NAMES = ["title", "lead", "text", "dateline", "place", "people", "activity_date", "photo",
  "alt", "caption", "credit", "seen", "consent", "has_children"];

// Wagtail's rich texts: a hidden field each holds what is written, block by block.
const RICH = "input[name^='body-'][name$='-value'], input[name='text'], input[name='transcript']";

function richTexts(form) {
  return [...form.querySelectorAll(RICH)].flatMap((field) => {
    const prefix = field.name.match(/^(body-\d+)-/)?.[1];
    if (prefix && form.elements[`${prefix}-deleted`]?.value) return [];
    const texts = field.value.startsWith('{"blocks"') ? JSON.parse(field.value).blocks.map((block) => block.text) : [field.type === "text" ? field.value : ""];
    return texts.filter((text) => text.trim()).map((text) => ({ text, field }));
  });
}

function select(editor, text) {
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && !walker.currentNode.data.includes(text));
  const { currentNode: node } = walker, at = walker.currentNode.data?.indexOf(text) ?? -1;
  if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + text.length);
}

class Checker {
  constructor(place) {
    this.place = place;
    this.out = place.querySelector("[data-checker-findings]");
    this.form = document.getElementById(place.dataset.form) ?? place.closest("form");
    this.url = place.dataset.url ?? this.form?.dataset.checkerUrl;
    if (!this.form || !this.url) return;
    for (const kind of ["input", "change"]) {
      this.form.addEventListener(kind, ({ target }) => target.name?.startsWith("alasan-") || this.later());
    }
    place.addEventListener("click", (event) => this.act(event));
    // Wagtail fills in its rich texts after loading, and writes them back a moment after each key.
    if (!place.dataset.form) return void this.ask();
    this.form.addEventListener("keyup", () => this.later());
    addEventListener("load", () => this.later());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  read() {
    const data = new URLSearchParams();
    for (const name of NAMES) {
      const field = this.form.elements[name];
      if (!field || field instanceof RadioNodeList) continue;
      if (field.type === "file" && field.files.length) data.set("has_photo", "1");
      else if (field.type !== "file" && (field.type !== "checkbox" || field.checked)) data.set(name, field.value);
    }
    if (this.place.dataset.form) {
      this.rich = richTexts(this.form);
      data.set("text", this.rich.map(({ text }) => text.replace(/\n\s*\n/g, "\n")).join("\n\n"));
    }
    for (const field of this.form.elements) if (field.name?.startsWith("alasan-")) data.set(field.name, field.value);
    const { page, participation, form, kind } = this.place.dataset;
    const number = page ?? this.form.action.match?.(/\/naskah\/(\d+)\//)?.[1];
    for (const [name, value] of Object.entries({ page: number, participation, form_id: form, kind })) if (value) data.set(name, value);
    return data;
  }

  async ask() {
    this.waiting?.abort();
    this.waiting = new AbortController();
    const data = this.read(), token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
    if (data.toString() === this.last) return;
    try {
      const headers = { Accept: "text/html", "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
      const answer = await fetch(this.url, { method: "POST", body: data, signal: this.waiting.signal, headers });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.show(await answer.text());
      this.last = data.toString();
      this.place.querySelector("[data-checker-offline]").hidden = true;
    } catch (error) {
      if (error.name !== "AbortError") this.place.querySelector("[data-checker-offline]").hidden = false;
    }
  }

  // The new findings; open lists stay open, reasons and the place of the cursor stay.
  show(html) {
    const kept = Object.fromEntries([...this.out.querySelectorAll("input")].map((field) => [field.name, field.value]));
    const active = document.activeElement?.name, isOpen = this.out.querySelector("[data-checker-hints]")?.open;
    this.out.innerHTML = html;
    for (const field of this.out.querySelectorAll("input")) {
      field.value = kept[field.name] ?? field.value;
      if (field.name === active) field.focus();
    }
    this.out.querySelector("[data-checker-hints]")?.toggleAttribute("open", isOpen ?? false);
    for (const row of this.out.querySelectorAll("li")) this.prepare(row);
    const count = Number(this.out.querySelector("[data-checker-count]")?.dataset.checkerCount);
    const counter = document.querySelector("[data-side-panel-toggle='naskah'] [data-side-panel-toggle-counter]");
    if (counter) [counter.textContent, counter.hidden] = [count, count === 0];
  }

  // A suggestion is offered only where the script can put it in.
  prepare(row) {
    const [show, put] = ["show", "put"].map((name) => row.querySelector(`[data-checker-${name}]`));
    const field = this.field(show);
    show.hidden = !field;
    if (put) put.hidden = !field || field.type === "hidden" || !["INPUT", "TEXTAREA"].includes(field.tagName);
  }

  field({ dataset }) {
    const name = { photo: this.form.elements.alt ? "alt" : "caption", item: "title" }[dataset.checkerShow] ?? dataset.checkerShow;
    if (name === "text" && this.rich?.length) return this.rich[dataset.paragraph]?.field;
    return this.form.elements[name] ?? null;
  }

  act({ target }) {
    const button = target.closest("button");
    const show = button?.closest("li")?.querySelector("[data-checker-show]");
    const field = show && this.field(show);
    if (!field) return;
    const { start, end } = show.dataset;
    if (button.dataset.checkerPut) {
      if (field.value.slice(start, end) !== show.dataset.text) return this.later();
      field.setRangeText(button.dataset.checkerPut, Number(start), Number(end), "select");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.reveal(field, show.dataset, button.dataset.checkerPut?.length);
  }

  reveal(field, { start, end, text }, length) {
    field.closest("details")?.setAttribute("open", "");
    if (field.type === "hidden") return this.revealRich(field, text);
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    if (Number(end) && field.setSelectionRange && field.type !== "date") {
      field.setSelectionRange(Number(start), length === undefined ? Number(end) : Number(start) + length);
    }
  }

  revealRich(field, text) {
    const editor = field.closest(".w-field")?.querySelector("[contenteditable='true']");
    editor?.scrollIntoView({ block: "center" });
    editor?.focus({ preventScroll: true });
    // The editor puts back its own selection on focus; ours comes after that.
    if (editor && text) setTimeout(() => select(editor, text), 80);
  }
}

for (const place of document.querySelectorAll("[data-checker]")) new Checker(place);
addEventListener("load", () => {
  if (location.hash === "#naskah") document.querySelector("[data-side-panel-toggle='naskah'][aria-expanded='false']")?.click();
});
