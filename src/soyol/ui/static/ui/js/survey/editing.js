// One window at a time writes in a set of answers: it holds a lock by which others, and the sender, keep out.
import { calm, complain, word } from "./page.js";
import { keep, lockOf } from "./rows.js";

const MOMENT = 3000;

let held = { id: null, free() {} };

export function free() {
  held.free();
  held = { id: null, free() {} };
}

// Whether this window may write in these answers now; whoever sends them gets a moment to end.
export function hold(store, id) {
  if (held.id === id) {
    return true;
  }
  free();
  return new Promise((resolve) => {
    const wait = { signal: AbortSignal.timeout(MOMENT) };
    const mine = () => {
      resolve(true);
      return new Promise((done) => (held = { id, free: done }));
    };
    navigator.locks.request(lockOf(store, id), wait, mine).catch(() => resolve(false));
  });
}

let line = Promise.resolve();

// What is being kept just now is on the disk, or was told of.
export const settled = () => line;

async function tried(store, row, content, change) {
  try {
    await keep(store, row, content, change);
    calm();
    return true;
  } catch (why) {
    complain(word(why.name === "QuotaExceededError" ? "full" : "not_kept"));
    return false;
  }
}

// Keeps what was written, one after the other; where the device cannot, this is said loudly, and the page still holds it.
// Whether it was kept.
export function kept(store, row, content, change = {}) {
  line = line.then(() => tried(store, row, content, change));
  return line;
}
