// A survey on a device: the list of what is here, and one set of answers page by page, all without a network.
// Addresses behind the sign #: none the list, "new", "for" somebody, <id>/<page>, <id>/check, <id>/beside.
import { at, complain, say, settings, word } from "./page.js";
import { actsOf } from "./acts.js";
import { free, settled } from "./editing.js";
import { greet, sendAll } from "./outbox.js";
import { inside } from "./inside.js";
import { keepForm } from "./rows.js";
import { listPage } from "./list.js";
import { mandatePage, offer, start } from "./mandate.js";
import { openStore } from "./store.js";
import { open } from "./walking.js";

const here = { store: null, form: null, greeting: null, newer: false, page: null, sending: new Set(), redraw: () => list(), outbox: () => send() };

async function list(how = {}) {
  const view = await listPage(here, how);
  if (!view) {
    return;
  }
  offer(view, here);
  const acts = { ...actsOf(here), fill: () => start(here), for_other: () => open("for"), send };
  for (const [name, act] of Object.entries(acts)) {
    at(view, name).addEventListener("click", () => Promise.resolve(act()).catch(failed));
  }
}

async function send() {
  const done = await sendAll(here.store, settings().sync, settings().language);
  say(done.why ? word(`why_${done.why}`) : word("all_sent"));
  const registration = await navigator.serviceWorker.getRegistration();
  if (done.why === "network") {
    await registration?.sync?.register("send").catch(() => {});
  } else {
    await registration?.update().catch(() => {}); // whether there is a newer edition
  }
}

// The list again, where it is what is shown; nobody is moved away from what they write.
function heard(what) {
  if (what.startsWith("sending ")) {
    here.sending.add(what.slice(8));
  } else if (what === "notes") {
    here.sending.clear();
  }
  if (window.location.hash.length < 2 && !document.activeElement?.closest("[data-at=offer]")) {
    list({ still: true }).catch(failed);
  }
}

function failed(why) {
  complain(word(why?.name === "QuotaExceededError" ? "full" : "denied"));
}

// Before another page is shown, and when the browser may close this one, what stands in the fields is kept.
async function leave() {
  await here.page?.read();
  await settled();
}

async function route() {
  await leave();
  here.page = null;
  const [id, name, aim] = decodeURIComponent(window.location.hash.slice(1)).split("/");
  if (!name || id === "for") {
    free();
    return id === "for" ? mandatePage(here) : id ? inside(here, id, name, aim) : list();
  }
  return inside(here, id, name, aim);
}

async function begin() {
  const { code, form, sync } = settings();
  here.store = await openStore(code);
  here.form = await (await fetch(form)).json();
  await keepForm(here.store, here.form);
  here.store.heard = heard;
  window.addEventListener("hashchange", () => route().catch(failed));
  window.addEventListener("online", () => send().catch(failed));
  window.addEventListener("offline", () => heard("network"));
  document.addEventListener("visibilitychange", leave);
  const controlled = navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    here.newer = Boolean(controlled);
    heard("newer");
  });
  await route();
  here.greeting = await greet(here.store, sync).catch(() => null);
  await send();
}

begin().catch(failed);
