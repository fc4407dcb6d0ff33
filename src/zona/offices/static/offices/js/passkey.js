// Passkeys: offered where the device knows them, and an error said in words.

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  const note = document.getElementById("passkey_error");
  if (!note) return;
  event.preventDefault();
  note.textContent = note.dataset.cancelled;
  note.hidden = false;
  document.querySelector("main").prepend(note);
});
