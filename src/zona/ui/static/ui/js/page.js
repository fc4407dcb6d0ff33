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
