// What the buttons of the list do to the device as a whole.
import { settings, word } from "./page.js";
import { wipe } from "./store.js";

export const actsOf = (here) => ({
  // Leave out of the list what is on the server; the answers have left the device already.
  clear: async () => {
    for (const row of (await here.store.all("rows")).filter(({ state }) => state === "sent")) {
      await here.store.remove("rows", row.id);
    }
  },
  wipe: async () => {
    const left = (await here.store.all("rows")).filter(({ state }) => state !== "sent").length;
    if (window.confirm(word(left ? "wipe_sure" : "wipe_sent", { n: left }))) {
      await wipe(here.store);
      window.location.assign(settings().away);
    }
  },
  newer_open: () => window.location.reload(),
});
