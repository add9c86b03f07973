// <form data-send> goes off when a choice in it changes; without script its button does the same.
export function sendOnChange(root) {
  for (const form of root.querySelectorAll("form[data-send]:not([data-ready])")) {
    form.dataset.ready = "";
    form.addEventListener("change", () => form.requestSubmit());
    for (const button of form.querySelectorAll("[data-send-button]")) {
      button.hidden = true;
    }
  }
}
