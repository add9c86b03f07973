// Keys of the review desk: whatever bears data-key is pressed by it, except while somebody writes.
export function press(event, desk) {
  const field = event.target.closest("input, select, textarea");
  if (field && ["Enter", "Escape"].includes(event.key) && field.getAttribute("form")) {
    event.preventDefault(); // a note decides nothing: back to the question, where the keys of the answers work
    desk?.querySelector("[data-desk-title]")?.focus();
    return;
  }
  if (field || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    return;
  }
  const aim = desk?.querySelector(`[data-key="${event.code}"]`);
  if (aim) {
    event.preventDefault();
    aim.click();
    aim.closest("details")?.querySelector("select, input:not([type=hidden]), textarea")?.focus();
  }
}
