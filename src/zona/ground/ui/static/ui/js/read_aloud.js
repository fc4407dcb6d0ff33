// Reads an article aloud, paragraph by paragraph, with the browser's own voice.
const PARTS = "h1, .ui-lead, .ui-prose :is(p, h2, h3, h4, li)";
const SKIPPED = "figure, table, aside, [data-read-skip], .ui-meta, .ui-dates";
const LONGEST = 220; // letters; some voices stop in the middle of longer utterances

export const speaks = (voice, language) => {
  const code = voice.lang.toLowerCase().split(/[-_]/)[0];
  return code === language || (language === "id" && code === "in"); // the old code for Indonesian
};

export function splitText(text) {
  const pieces = [];
  for (const sentence of text.replace(/\s+/g, " ").trim().split(/(?<=[.!?:;])\s+(?=\S)/)) {
    for (const word of sentence.split(" ")) {
      const last = pieces.length - 1;
      const isFirst = word === "" || pieces.length === 0;
      if (!isFirst && pieces[last].open && pieces[last].text.length + word.length < LONGEST) {
        pieces[last].text += ` ${word}`;
      } else {
        pieces.push({ text: word, open: true });
      }
    }
    if (pieces.length) pieces[pieces.length - 1].open = false;
  }
  return pieces.map((piece) => piece.text).filter(Boolean);
}

// What stands in an element itself; of a list item not the list inside it.
function ownText(element) {
  const nested = new Set(element.querySelectorAll(":scope > :is(ul, ol, p)"));
  return [...element.childNodes].filter((node) => !nested.has(node)).map((node) => node.textContent).join("");
}

export function collect(article) {
  const pieces = [];
  for (const element of article.querySelectorAll(PARTS)) {
    if (element.closest(SKIPPED)) continue;
    const text = element.matches("li") ? ownText(element) : element.textContent;
    for (const piece of splitText(text)) pieces.push({ element, text: piece });
  }
  return pieces;
}

class Reader {
  constructor(box, article) {
    this.article = article;
    this.play = box.querySelector("[data-aloud-play]");
    this.stopButton = box.querySelector("[data-aloud-stop]");
    this.pieces = [];
    this.at = 0;
    this.isReading = false;
    this.turn = 0; // an utterance that was cut off must not lead on
    this.play.addEventListener("click", () => (this.isReading ? this.pause() : this.go()));
    this.stopButton.addEventListener("click", () => this.stop());
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  go() {
    if (!this.pieces.length) this.pieces = collect(this.article);
    this.isReading = true;
    this.label("pause");
    this.stopButton.hidden = false;
    this.say();
  }

  say() {
    const piece = this.pieces[this.at];
    if (!piece) {
      this.stop();
      return;
    }
    this.mark(piece.element);
    this.turn += 1;
    const { turn } = this;
    const words = new SpeechSynthesisUtterance(piece.text);
    const { lang } = this.article;
    words.lang = lang === "id" ? "id-ID" : lang;
    words.voice = speechSynthesis.getVoices().find((voice) => speaks(voice, lang)) ?? null;
    words.onend = () => {
      if (turn !== this.turn || !this.isReading) return;
      this.at += 1;
      this.say();
    };
    words.onerror = () => {
      if (turn === this.turn && this.isReading) this.pause();
    };
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }

  // Cut off and begin the same sentence again: Android does not know how to pause.
  pause() {
    this.isReading = false;
    this.turn += 1;
    speechSynthesis.cancel();
    this.label("resume");
  }

  stop() {
    this.isReading = false;
    this.turn += 1;
    this.at = 0;
    speechSynthesis.cancel();
    this.mark(null);
    this.label("play");
    if (document.activeElement === this.stopButton) this.play.focus();
    this.stopButton.hidden = true;
  }

  label(what) {
    this.play.querySelector("span").textContent = this.play.dataset[what];
  }

  mark(element) {
    if (element === this.marked) return;
    this.marked?.removeAttribute("data-reading");
    this.marked = element;
    if (!element) return;
    element.setAttribute("data-reading", "");
    element.scrollIntoView({ block: "nearest" });
  }
}

export function readAloud(box) {
  new Reader(box, box.closest("article")).go();
}
