// Proves with a little work that a form was filled in by a browser, before it is sent.
// Whatever fails, the form is sent all the same: it then counts as unproven.
const PATIENCE = 15000; // milliseconds
const MOST = 200000; // tries

// A proof for the challenge at an address, or "" where it cannot be made.
export async function prove(challengeUrl, solverUrl) {
  if (!globalThis.crypto?.subtle || !globalThis.Worker) return "";
  const answer = await fetch(challengeUrl, { cache: "no-store", credentials: "omit" });
  if (!answer.ok) return "";
  const challenge = await answer.json();
  const solution = await solve(challenge.parameters, solverUrl);
  return solution ? btoa(JSON.stringify({ challenge, solution })) : "";
}

function solve(parameters, solverUrl) {
  return new Promise((resolve) => {
    const worker = new Worker(solverUrl, { type: "module" });
    const end = (solution) => {
      worker.terminate();
      resolve(solution);
    };
    setTimeout(end, PATIENCE, null);
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = () => end(null);
    worker.postMessage({ parameters, most: MOST });
  });
}

function guard(form) {
  const field = form.querySelector("[data-guard-proof]");
  const status = form.querySelector("[data-guard-status]");
  if (!field) return;
  let work = null;
  const begin = () => {
    work ??= prove(field.dataset.guardProof, field.dataset.guardSolver).catch(() => "");
    return work;
  };
  let isReady = false;
  form.addEventListener("input", begin, { once: true }); // by the time the button is pressed it is done
  form.addEventListener("submit", async (event) => {
    if (isReady) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return; // pressed twice
    form.ariaBusy = "true";
    const late = setTimeout(() => { status.hidden = false; }, 400);
    field.value = await begin();
    clearTimeout(late);
    await new Promise((resolve) => { setTimeout(resolve); }); // while this event runs a form sends nothing
    isReady = true;
    form.requestSubmit(event.submitter);
  });
  // Coming back with the browser's own button: the proof is spent, a new one will be made.
  addEventListener("pageshow", () => {
    isReady = false;
    work = null;
    field.value = "";
    form.ariaBusy = "false";
    status.hidden = true;
  });
}

for (const form of document.querySelectorAll("form[data-guard]")) guard(form);
