// One dialog asks before anything that is hard to undo: <button hx-confirm="..."> or <form data-confirm="...">.

export function start(document) {
  const dialog = document.getElementById("confirm");
  if (!dialog) return;

  const ask = (question, then) => {
    if (!dialog.showModal) { // Firefox before 98
      if (window.confirm(question)) then();
      return;
    }
    dialog.querySelector("[data-question]").textContent = question;
    dialog.returnValue = "";
    dialog.onclose = () => dialog.returnValue === "yes" && then();
    dialog.showModal();
  };

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, () => event.detail.issueRequest(true));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    ask(fill(question, form), () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter);
      delete form.dataset.confirmed;
    });
  }, true);
}

// "{n}" in a question is the number of rows ticked.
const fill = (question, form) => question.replace("{n}", form.querySelectorAll("input[data-row]:checked").length);
