// Size of the letters and contrast, as this device remembers them; nothing is sent anywhere.
// Loaded in the head, so that most pages are painted with them from the start.
const PLACE = "zona.tampilan";
const root = document.documentElement;

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {}; // private windows may refuse
  }
}

function apply({ text = "", contrast = "" }) {
  if (text) root.dataset.text = text;
  else delete root.dataset.text;
  if (contrast) root.dataset.contrast = contrast;
  else delete root.dataset.contrast;
}

function change(values) {
  const chosen = { ...read(), ...values };
  try {
    localStorage.setItem(PLACE, JSON.stringify(chosen));
  } catch {
    // it holds for this page only
  }
  apply(chosen);
}

function hasMoreContrast() {
  const asked = root.dataset.contrast;
  return asked ? asked === "more" : matchMedia("(prefers-contrast: more)").matches;
}

function show(box) {
  for (const button of box.querySelectorAll("button")) {
    const isOn = "contrast" in button.dataset
      ? hasMoreContrast()
      : button.dataset.text === (root.dataset.text ?? "");
    button.setAttribute("aria-pressed", String(isOn));
  }
  box.hidden = false;
}

function wire() {
  const box = document.querySelector("[data-comfort]");
  if (!box) return;
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("contrast" in button.dataset) change({ contrast: hasMoreContrast() ? "usual" : "more" });
    else change({ text: button.dataset.text });
    show(box);
  });
  addEventListener("storage", () => { apply(read()); show(box); }); // another window changed it
  show(box);
}

apply(read());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", wire);
else wire();
