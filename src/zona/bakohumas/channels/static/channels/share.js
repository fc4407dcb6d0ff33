// The package of an item: counts as each service counts, copies, keeps share links up to date.
// Without this script the server counts and the texts are marked and copied by hand.
const URLS = /https?:\/\/[^\s<>"]+/g;
const segmenter = Intl.Segmenter && new Intl.Segmenter("id", { granularity: "grapheme" });
const graphemes = (text) => (segmenter ? [...segmenter.segment(text)].length : [...text].length);
const bytes = (text) => new TextEncoder().encode(text).length;

// The same rules, by name, as adapters/limits.py.
const COUNTS = {
  len: (text) => [...text].length,
  graphemes,
  utf16: (text) => text.length,
  bytes,
  emoji_as_bytes: (text) =>
    [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0xffff ? bytes(c) : 1), 0),
  links_as_23: (text) => graphemes(text.replace(URLS, "x".repeat(23))),
  x_weight: (text) =>
    [...text.replace(URLS, "x".repeat(23))].reduce((sum, c) => {
      const point = c.codePointAt(0);
      const light =
        point <= 4351 ||
        (point >= 8192 && point <= 8205) ||
        (point >= 8208 && point <= 8223) ||
        (point >= 8242 && point <= 8247);
      return sum + (light ? 1 : 2);
    }, 0),
  bluesky: (text) => Math.max(graphemes(text), Math.ceil(bytes(text) / 10)),
};

// The text as it leaves: with its link at the end, where the service wants it there.
function outgoing(field) {
  const text = field.value.replace(/\r\n/g, "\n").trim();
  const box = field.form?.elements[field.name.replace("teks-", "tautan-")];
  const link = box && !box.checked ? "" : field.dataset.link;
  return !link || text.includes(link) ? text : `${text}\n\n${link}`.trim();
}

const said = (number) => number.toLocaleString("id-ID");

function refresh(field) {
  const text = outgoing(field);
  const limit = Number(field.dataset.limit);
  const length = (COUNTS[field.dataset.count] ?? graphemes)(text);
  const count = document.querySelector(`[data-count-of="${field.id}"]`);
  count.textContent = `${said(length)}/${said(limit)}`;
  count.classList.toggle("channels-count--over", length > limit);
  document.querySelector(`[data-over-of="${field.id}"]`).hidden = length <= limit;
  const pattern = field.dataset.share;
  if (!pattern) return;
  const address = pattern
    .replace("{text}", encodeURIComponent(text))
    .replace("{link}", encodeURIComponent(field.dataset.link));
  for (const link of document.querySelectorAll(`[data-share-of="${field.id}"]`)) link.href = address;
}

for (const field of document.querySelectorAll("textarea[data-count]")) {
  field.addEventListener("input", () => refresh(field));
  const box = field.form?.elements[field.name.replace("teks-", "tautan-")];
  box?.addEventListener("change", () => refresh(field));
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(from.matches("[data-count]") ? outgoing(from) : from.value);
      button.querySelector("span").textContent = button.dataset.copied;
    });
  }
}

// A second press while the first is under way would only ask the same again.
document.getElementById("paket")?.addEventListener("submit", (event) => {
  if (event.target.dataset.isSent) event.preventDefault();
  event.target.dataset.isSent = "1";
});
window.addEventListener("pageshow", () => delete document.getElementById("paket")?.dataset.isSent);
