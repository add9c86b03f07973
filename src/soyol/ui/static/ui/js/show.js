// A button beside a password box that shows what was typed: <input type="password" data-show="words" data-hide="words">.
export function showPasswords(root) {
  for (const input of root.querySelectorAll("input[data-show]:not([data-ready])")) {
    input.dataset.ready = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = input.dataset.show;
    if (input.id) {
      button.setAttribute("aria-controls", input.id);
    }
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? input.dataset.hide : input.dataset.show;
    });
    // What is sent is a password again: browsers offer to remember texts.
    input.form?.addEventListener("submit", () => {
      input.type = "password";
    });
    input.after(button);
  }
}
