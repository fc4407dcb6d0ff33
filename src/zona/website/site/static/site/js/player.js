// The player of a recording, and the transcript that moves along with it. Remembers nothing.

const SMALL_STEP = 5; // seconds of an arrow key
const LARGE_STEP = 60;

const player = document.querySelector("[data-player]");
const media = player.querySelector("audio, video");
const spoken = document.querySelector("[data-spoken]");

const two = (number) => String(Math.floor(number)).padStart(2, "0");
const clock = (seconds) => {
  const rest = `${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
};

const length = () => (Number.isFinite(media.duration) ? media.duration : Number(player.dataset.seconds));

// Before the head of the file is there, a place is kept and taken up once it is.
let kept = null;
const now = () => kept ?? media.currentTime;
media.addEventListener("loadedmetadata", () => {
  if (kept !== null) media.currentTime = kept;
  kept = null;
});

function seek(seconds, play = false) {
  const target = Math.min(Math.max(seconds, 0), Math.max(length() - 0.1, 0));
  if (media.readyState > 0) media.currentTime = target;
  else {
    if (kept === null) {
      media.preload = "metadata";
      media.load();
    }
    kept = target;
  }
  show(target);
  if (play) media.play();
}

// The last of the rows that begins at or before a time.
const rowAt = (rows, name, seconds) => rows.filter((row) => Number(row.dataset[name]) <= seconds + 0.05).at(-1);

let show = () => {};
const chapters = [...player.querySelectorAll("[data-chapter]")];
const panel = player.querySelector(".show-player__panel");

function markChapter(seconds) {
  const here = rowAt(chapters, "start", seconds);
  const before = chapters.find((row) => row.hasAttribute("aria-current"));
  if (here === before) return;
  before?.removeAttribute("aria-current");
  here?.setAttribute("aria-current", "true");
  if (here && before) player.querySelector("[data-said]").textContent = here.textContent;
}

if (panel) {
  const slider = panel.querySelector("[role=slider]");
  const played = panel.querySelector("[data-played]");
  const width = panel.querySelector("svg").viewBox.baseVal.width;
  const { and, short, of } = player.dataset;
  const say = (seconds) => {
    const [m, s] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
    return (m ? and : short).replace("{m}", m).replace("{s}", s);
  };

  show = (seconds) => {
    played.setAttribute("width", (width * seconds) / (length() || 1));
    slider.setAttribute("aria-valuenow", Math.floor(seconds));
    slider.setAttribute("aria-valuetext", of.replace("{now}", say(seconds)).replace("{all}", say(length())));
    panel.querySelector("[data-now]").textContent = clock(seconds);
    markChapter(seconds);
  };

  const keys = {
    ArrowRight: (now) => now + SMALL_STEP,
    ArrowUp: (now) => now + SMALL_STEP,
    ArrowLeft: (now) => now - SMALL_STEP,
    ArrowDown: (now) => now - SMALL_STEP,
    PageUp: (now) => now + LARGE_STEP,
    PageDown: (now) => now - LARGE_STEP,
    Home: () => 0,
    End: () => length(),
  };
  const toggle = () => (media.paused ? media.play() : media.pause());
  slider.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " " || event.key === "Enter") toggle();
    else if (keys[event.key]) seek(keys[event.key](now()));
    else return;
    event.preventDefault();
  });
  const point = (event) => {
    const box = slider.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * length());
  };
  slider.addEventListener("pointerdown", (event) => {
    slider.setPointerCapture(event.pointerId);
    point(event);
  });
  slider.addEventListener("pointermove", (event) => {
    if (slider.hasPointerCapture(event.pointerId)) point(event);
  });

  const button = panel.querySelector("[data-play]");
  button.addEventListener("click", toggle);
  for (const skip of panel.querySelectorAll("[data-skip]")) {
    skip.addEventListener("click", () => seek(now() + Number(skip.dataset.skip)));
  }
  panel.querySelector("[data-speed]").addEventListener("change", (event) => {
    media.playbackRate = Number(event.target.value);
  });
  const settle = () => {
    button.querySelector("[data-when-paused]").hidden = !media.paused;
    button.querySelector("[data-when-playing]").hidden = media.paused;
  };
  for (const name of ["play", "pause", "ended"]) media.addEventListener(name, settle);
  media.addEventListener("error", () => (panel.querySelector("[data-fault]").hidden = false), true);
  media.controls = false;
  panel.hidden = false;
  show(0);
}

if (spoken) {
  const rows = [...spoken.querySelectorAll("[data-said-at]")];
  const text = spoken.querySelector(".show-spoken__text");
  const follow = spoken.querySelector("[data-follow]");
  follow.hidden = false;
  media.addEventListener("timeupdate", () => {
    const here = rowAt(rows, "saidAt", media.currentTime);
    const before = rows.find((row) => row.hasAttribute("data-here"));
    if (here === before) return;
    before?.removeAttribute("data-here");
    here?.setAttribute("data-here", "");
    if (here && follow.querySelector("input").checked) text.scrollTop = here.offsetTop - text.offsetTop - 16;
  });
}

media.addEventListener("timeupdate", () => show(now()));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-start]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  seek(Number(link.dataset.start), true);
});

// An address that ends in #t=200 begins there.
const asked = location.hash.match(/^#t=(\d+)$/);
if (asked) seek(Number(asked[1]));
