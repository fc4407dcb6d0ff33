// "Copy the text" appears where the browser can copy.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy-from]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copyFrom).value);
      button.querySelector("span").textContent = button.dataset.copied;
    });
  }
}
