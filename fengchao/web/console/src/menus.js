// The navigation of narrow screens, and menus made of <details> that close as menus do.

export function start(document) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (button) toggle(document.querySelector(button.dataset.toggle), button);
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

function toggle(target, button) {
  const shown = target.classList.toggle("show");
  button.setAttribute("aria-expanded", String(shown));
}
