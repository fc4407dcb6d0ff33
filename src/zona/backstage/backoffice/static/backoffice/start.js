// Makes what Wagtail would make by a script inside the page, which the content policy forbids:
// choosers and panels with rows. Their places are marked by `data-start`, the name of the maker,
// and `data-arguments`, JSON. Rows that are added later are seen too.

const MAKERS = new Set([
  "Chooser",
  "DocumentChooser",
  "ImageChooser",
  "InlinePanel",
  "MultipleChooserPanel",
  "PageChooser",
  "SnippetChooser",
]);
const started = new WeakSet();

function start(place) {
  const { start: name, arguments: given } = place.dataset;
  if (started.has(place) || !MAKERS.has(name) || !window[name]) return;
  started.add(place);
  new window[name](...JSON.parse(given));
}

function startAll(root) {
  if (!(root instanceof Element)) return;
  // From the inside out, as scripts in the page would have run.
  for (const place of root.querySelectorAll("[data-start]")) start(place);
  if (root.matches("[data-start]")) start(root);
}

startAll(document.documentElement);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) addedNodes.forEach(startAll);
}).observe(document.documentElement, { childList: true, subtree: true });
