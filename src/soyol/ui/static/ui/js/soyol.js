// The one module a page loads. Each part looks for its own data- attribute and does nothing where there is none.
import { focusErrors } from "./focus.js";
import { sendOnChange } from "./send.js";
import { askFirst } from "./ask.js";
import { nameFiles } from "./files.js";

function start(root) {
  focusErrors(root);
  sendOnChange(root);
  askFirst(root);
  nameFiles(root);
}

start(document);
document.addEventListener("htmx:afterSwap", (event) => start(event.detail?.target ?? event.target));
