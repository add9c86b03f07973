// <form data-ask="Sure?"> asks before it goes off. The action itself can be undone, so no script is no danger.
export function askFirst(root) {
  for (const form of root.querySelectorAll("form[data-ask]:not([data-ready])")) {
    form.dataset.ready = "";
    form.addEventListener("submit", (event) => {
      if (!window.confirm(form.dataset.ask)) {
        event.preventDefault();
      }
    });
  }
}
