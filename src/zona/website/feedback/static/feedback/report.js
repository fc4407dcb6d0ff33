// "Report a mistake" takes the marked words along, in the part of the address that is never sent.
const LONGEST = 500;

for (const link of document.querySelectorAll("a[data-report]")) {
  let marked = "";
  document.addEventListener("selectionchange", () => {
    const text = String(getSelection()).trim();
    if (text) marked = text.slice(0, LONGEST);
  });
  link.addEventListener("click", () => {
    if (marked) link.hash = new URLSearchParams({ kutipan: marked }).toString();
  });
}

const field = document.querySelector("[data-report-form] [name=quote]");
const brought = new URLSearchParams(location.hash.slice(1)).get("kutipan");
if (field && brought && !field.value) field.value = brought.slice(0, LONGEST);
