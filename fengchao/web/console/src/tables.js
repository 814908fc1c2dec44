// Rows that are ticked: one box for all of the page, a count that is read aloud, buttons that wait for a tick.

export function start(document) {
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (!form || event.target.type !== "checkbox") return;
    if (event.target.matches("[data-all]")) tickAll(form, event.target.checked);
    refresh(form);
  });
  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("form[data-bulk]").forEach(refresh));
  document.querySelectorAll("form[data-bulk]").forEach(refresh);
}

const rows = (form) => [...form.querySelectorAll("input[data-row]")];

function tickAll(form, ticked) {
  for (const box of rows(form)) box.checked = ticked;
}

function refresh(form) {
  const all = rows(form);
  const ticked = all.filter((box) => box.checked).length;
  const head = form.querySelector("[data-all]");
  if (head) {
    head.checked = ticked > 0 && ticked === all.length;
    head.indeterminate = ticked > 0 && ticked < all.length;
  }
  for (const place of form.querySelectorAll("[data-ticked]")) place.textContent = ticked;
  for (const part of form.querySelectorAll("[data-needs-tick]")) part.disabled = ticked === 0;
  form.querySelector("[data-bulkbar]")?.classList.toggle("idle", ticked === 0);
}
