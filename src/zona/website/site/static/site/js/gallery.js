// Pictures of a story one by one, in the whole window: swipe, arrow keys, Escape.

const gallery = document.querySelector("[data-gallery]");
const light = document.querySelector("[data-light]");
const strip = light.querySelector("[data-strip]");
const figures = [...gallery.querySelectorAll("figure")];

// Copies are made when somebody first opens a picture; links in them would be links within links.
function fill() {
  if (strip.childElementCount) return;
  for (const figure of figures) {
    const copy = figure.cloneNode(true);
    const link = copy.querySelector("a");
    link.replaceWith(...link.childNodes);
    const picture = copy.querySelector("img");
    picture.loading = "lazy";
    for (const part of copy.querySelectorAll("[sizes]")) part.sizes = "100vw";
    strip.append(copy);
  }
}

const place = () => Math.round(strip.scrollLeft / strip.clientWidth);

function go(number, behaviour = "auto") {
  const target = Math.min(Math.max(number, 0), figures.length - 1);
  strip.scrollTo({ left: target * strip.clientWidth, behavior: behaviour });
}

function tell() {
  const here = place();
  const words = light.dataset.count.replace("{n}", here + 1).replace("{all}", figures.length);
  const line = light.querySelector("[data-place]");
  if (line.textContent !== words) line.textContent = words;
  for (const button of light.querySelectorAll("[data-step]")) {
    const next = here + Number(button.dataset.step);
    button.setAttribute("aria-disabled", String(next < 0 || next >= figures.length));
  }
}

for (const [number, figure] of figures.entries()) {
  figure.querySelector("[data-photo]").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    fill();
    light.showModal(); // the focus comes back to the picture when it closes
    go(number);
    tell();
    strip.focus();
  });
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const step = (by) => go(place() + by, calm.matches ? "auto" : "smooth");

strip.addEventListener("scroll", tell, { passive: true });
addEventListener("resize", () => light.open && tell());
light.querySelector("[data-close]").addEventListener("click", () => light.close());
for (const button of light.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}
light.addEventListener("keydown", (event) => {
  const ways = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => go(0), End: () => go(figures.length) };
  if (!ways[event.key]) return;
  event.preventDefault();
  ways[event.key]();
});
