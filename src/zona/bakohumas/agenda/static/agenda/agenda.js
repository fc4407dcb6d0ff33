// The wall: fills the screen when asked. Without this script the browser's own F11 does the same.
const button = document.querySelector("[data-fullscreen]");
if (button && document.documentElement.requestFullscreen) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.documentElement.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    button.hidden = Boolean(document.fullscreenElement);
  });
}
