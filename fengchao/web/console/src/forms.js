// Filters that apply themselves, forms that are sent once, a button that prints.

export function start(document) {
  document.addEventListener("change", (event) => {
    if (event.target.form?.hasAttribute("data-autosubmit")) event.target.form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
  });
  // Back from the next page: the form may be sent again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const box = event.target.closest("[data-copy]");
    if (box) navigator.clipboard?.writeText(box.dataset.copy);
  });
}
