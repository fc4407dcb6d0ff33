// What every page gains from script; without it all of it still works or stays hidden.

// The error summary takes the focus (for browsers that do not heed autofocus on a <div>).
document.querySelector("[data-focus]")?.focus();

// The menu closes with Escape and by a click beside it.
const menu = document.querySelector(".ui-menu");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// Reading aloud appears where the browser has a voice for the article's language.
for (const box of globalThis.speechSynthesis ? document.querySelectorAll("[data-read-aloud]") : []) {
  const language = box.closest("article").lang;
  const codes = language === "id" ? ["id", "in"] : [language];
  const look = () => {
    const voices = speechSynthesis.getVoices();
    box.hidden = !voices.some((voice) => codes.includes(voice.lang.toLowerCase().split(/[-_]/)[0]));
  };
  look();
  speechSynthesis.addEventListener?.("voiceschanged", look);
  box.addEventListener("click", async () => {
    const { readAloud } = await import(box.dataset.readAloud);
    readAloud(box);
  }, { once: true });
}

// The phone's own way of passing a page on.
for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !(navigator.share && matchMedia("(pointer: coarse)").matches);
  button.addEventListener("click", () => {
    navigator.share({ url: button.dataset.share, title: button.dataset.title }).catch(() => {});
  });
}

// "Copy link" appears where the browser can copy.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.querySelector("span").textContent = button.dataset.copied;
    });
  }
}
