// What the writing screen asks while somebody writes.

// The draft was saved elsewhere: who writes here says which of the two goes on.
export function choose(url, keepMine) {
  const note = document.querySelector("[data-writing-conflict]");
  note.hidden = false;
  note.querySelector("a").href = url;
  note.querySelector("button").onclick = () => {
    note.hidden = true;
    keepMine();
  };
}

// There are others with this title: is it the same text?
export function ask(twins) {
  const note = document.querySelector("[data-writing-twins]");
  note.hidden = !twins.length;
  const rows = twins.map(({ title, url, state }) => {
    const row = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
    row.append(link, ` (${state})`);
    return row;
  });
  note.querySelector("ul").replaceChildren(...rows);
}
