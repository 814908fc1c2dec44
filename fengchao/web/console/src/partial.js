// Parts of a page that are exchanged without leaving it.
import htmx from "htmx.org";

window.htmx = htmx;

// A refusal comes with its own place (HX-Retarget). Anything else that fails says so in words and changes nothing.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status < 400 || detail.xhr.getResponseHeader("HX-Retarget")) return;
  detail.shouldSwap = false;
  say("failed");
});
document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));

// Words stand in the page (#words), in the language of the page.
function say(which) {
  const words = document.getElementById("words");
  const place = document.getElementById("notices");
  if (!words || !place) return;
  const notice = document.createElement("div");
  notice.className = "alert alert-danger";
  notice.setAttribute("role", "alert");
  notice.textContent = words.dataset[which];
  place.replaceChildren(notice);
}

// Who reads with a keyboard or a screen reader stays where the new content is.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const target = detail.target?.querySelector?.("[data-focus]");
  if (target) target.focus();
});
