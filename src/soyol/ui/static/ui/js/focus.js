// After a refused form the reader starts at what is wrong: <div data-focus tabindex="-1">.
export function focusErrors(root) {
  const first = root.querySelector("[data-focus]:not([data-ready])");
  if (first) {
    first.dataset.ready = "";
    first.focus();
  }
}
