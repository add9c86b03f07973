// After a refused form the reader starts at what is wrong: <div data-focus tabindex="-1">.
export function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}
