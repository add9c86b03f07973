// The one module a page loads. Each part looks for its own data- attribute and does nothing where there is none.
import { focusErrors } from "./focus.js";
import { sendOnChange } from "./send.js";
import { askFirst } from "./ask.js";
import { closeOnLeaving } from "./leave.js";
import { nameFiles } from "./files.js";
import { showPasswords } from "./show.js";
import { reviewDesk } from "./desk.js";

function start(root) {
  focusErrors(root);
  sendOnChange(root);
  askFirst(root);
  nameFiles(root);
  showPasswords(root);
  closeOnLeaving(root);
}

start(document);
reviewDesk();
// htmx tells each piece that came in; an element that gave way to another would hear of nothing any more.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) {
    start(event.target.parentElement ?? document);
  }
});
