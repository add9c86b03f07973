// <form data-leave> signs out: the device forgets what opens the answers that an officer wrote on it. They stay, closed.
export function closeOnLeaving(root) {
  for (const form of root.querySelectorAll("form[data-leave]:not([data-ready])")) {
    form.dataset.ready = "";
    form.addEventListener("submit", async (event) => {
      if (!form.dataset.closed && window.indexedDB) {
        event.preventDefault();
        await import("./survey/store.js").then(({ forgetOfficers }) => forgetOfficers()).catch(() => {});
        form.dataset.closed = "yes";
        form.requestSubmit();
      }
    });
  }
}
