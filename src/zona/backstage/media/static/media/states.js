// Keeps the state of recordings on the screen fresh; without it, reloading the page does.
// A place says where to ask with data-states; one with data-reload is loaded anew once work ends.
const place = document.querySelector("[data-states]");
const PAUSE = 2000; // ms between two questions
const underway = () =>
  [...document.querySelectorAll("[data-recording]")].filter((shown) =>
    ["waiting", "working"].includes(shown.dataset.state),
  );

function show(recording) {
  const shown = document.querySelector(`[data-recording="${recording.id}"]`);
  const hasEnded = !recording.is_underway;
  shown.className = `recording-state recording-state--${recording.state}`;
  shown.dataset.state = recording.state;
  shown.querySelector("[data-label]").textContent = recording.label;
  shown.querySelector("[data-share]").hidden = recording.progress === null;
  shown.querySelector("progress").value = recording.progress ?? 0;
  shown.querySelector("[data-number]").textContent = recording.progress ?? "";
  return hasEnded;
}

async function refresh() {
  const wanted = underway();
  if (!wanted.length) return;
  if (!document.hidden) {
    const query = wanted.map((shown) => `id=${shown.dataset.recording}`).join("&");
    try {
      const answer = await fetch(`${place.dataset.states}?${query}`);
      if (!answer.ok) return;
      const { recordings } = await answer.json();
      const ended = recordings.map(show).some(Boolean);
      if (ended && "reload" in place.dataset) return location.reload();
    } catch {
      // The network is away; the next question may find it.
    }
  }
  setTimeout(refresh, PAUSE);
}

if (place && underway().length) setTimeout(refresh, PAUSE);
