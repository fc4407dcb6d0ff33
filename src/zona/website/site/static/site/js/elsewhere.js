// A video of another service plays in the page once the visitor asked for it; not before.

const link = document.querySelector("[data-elsewhere] a[data-embed]");
link.querySelector("[data-tab]").hidden = true;
link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = `${link.dataset.embed}?autoplay=1&rel=0`;
  frame.title = link.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.className = "show-elsewhere__frame";
  link.replaceWith(frame);
  frame.focus();
});
