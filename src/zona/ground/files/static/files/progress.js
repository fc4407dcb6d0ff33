// Keeps the state of a sent file fresh; without it, a link does.
const place = document.querySelector("[data-sent-file]");
const PAUSE = 1500; // ms between two questions

async function refresh() {
  if (!document.hidden) {
    try {
      const answer = await fetch(place.dataset.sentFile);
      if (!answer.ok) return;
      const sent = await answer.json();
      if (!sent.is_underway) return location.reload();
      place.querySelector("[data-label]").textContent = sent.label;
      place.querySelector("progress").value = sent.progress;
      place.querySelector("[data-number]").textContent = sent.progress;
    } catch {
      // The network is away; the next question may find it.
    }
  }
  setTimeout(refresh, PAUSE);
}

if (place) setTimeout(refresh, PAUSE);
