// An officer writes for somebody: first on what authority, for the whole journey; then whom they meet, for each set anew.
import { at, filled as withTexts, part, settings, show, word } from "./page.js";
import { letIn, officerHere } from "./sealing.js";
import { begin } from "./rows.js";
import { open } from "./walking.js";

export function defaults(form) {
  const told = {};
  const walk = (items) => {
    for (const item of items) {
      if (item.kind === "question" && item.default) {
        told[item.name] = item.default;
      }
      walk(item.kind === "repeat" ? [] : (item.items ?? []));
    }
  };
  walk(form.items);
  return told;
}

// A fresh set of answers, and its first page.
export async function start({ store, form }, owner = "", mandate = null) {
  const row = await begin(store, { owner, version: form.version, mandate, answers: defaults(form) });
  open(row.id, form.steps[0].name);
}

// The officer who is signed in opens the device for their own answers.
export function offer(view, { store, greeting, redraw }) {
  at(view, "offer")
    .querySelector("form")
    .addEventListener("submit", async (event) => {
      event.preventDefault();
      const authority = new FormData(event.target).get("authority").trim();
      if (authority) {
        await letIn(store, greeting.officer, authority);
        redraw();
      }
    });
  at(view, "lock").addEventListener("click", async () => {
    const officer = await officerHere(store);
    await store.remove("keys", officer.owner);
    redraw();
  });
}

export async function mandatePage(here) {
  const officer = await officerHere(here.store);
  if (!officer?.authority) {
    open();
    return;
  }
  const view = part("mandate");
  const form = view.querySelector("form");
  withTexts(view, { lead: settings().title });
  form.elements.authority.value = officer.authority;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const told = Object.fromEntries(new FormData(form));
    const missing = ["who", "how", "authority", "agreed"].filter((name) => !told[name]?.trim());
    const summary = part("summary");
    const lines = missing.map((name) => {
      const line = withTexts(part("wrong"), { words: word(`mandate_${name}`) });
      line.querySelector("a").addEventListener("click", (click) => {
        click.preventDefault();
        form.querySelector(`[name=${name}]`).focus();
      });
      return line;
    });
    at(summary, "lines").replaceChildren(...lines);
    at(view, "wrong").replaceChildren(...(missing.length ? [summary] : []));
    if (missing.length) {
      summary.focus();
    } else {
      start(here, officer.owner, { who: told.who.trim(), how: told.how, authority: told.authority.trim(), agreed: "yes" });
    }
  });
  show(view);
}
