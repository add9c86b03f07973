// What is on this device: how much was not sent, what needs a person, what came to the server and under which number.
import { at, filled as withTexts, moment, part, settings, show, word } from "./page.js";
import { officerHere } from "./sealing.js";
import { load } from "./rows.js";
import { nameOf } from "./said.js";

const TONES = { draft: "blue", waiting: "ochre", sending: "plum", sent: "pine", refused: "vermilion", differs: "vermilion" };
const GLYPHS = { draft: "✎", waiting: "↑", sending: "⇡", sent: "✓", refused: "!", differs: "≠" };
// Of those that were sent, so many stand in the list; all are counted.
const SHOWN = 20;

const stepTo = { waiting: "check", refused: "check", differs: "beside", draft: "" };

function badge(state) {
  const element = withTexts(part("badge"), { glyph: GLYPHS[state], words: word(`state_${state}`) });
  element.classList.add(`badge--${TONES[state]}`);
  return element;
}

async function line({ store, sending }, id) {
  const [row, content] = await load(store, id);
  const state = row.state === "waiting" && sending.has(id) ? "sending" : row.state;
  const element = part("row");
  const form = (await store.get("forms", row.version))?.form;
  const name = row.receipt ? word("number", { number: row.receipt.number }) : content ? nameOf(form, content) : word("locked");
  const link = element.querySelector("a");
  if (content && form) {
    link.textContent = name;
    link.href = `#${[id, stepTo[row.state]].filter(Boolean).join("/")}`;
  } else {
    link.replaceWith(name);
  }
  at(element, "state").replaceChildren(badge(state));
  const why = content?.refused?.words ?? (content?.beside ? word(content.beside.code, content.beside) : "");
  return withTexts(element, { why, when: row.receipt?.at ?? moment(row.changed) });
}

function counts(view, rows) {
  const count = (...states) => rows.filter((row) => states.includes(row.state)).length;
  const told = { waiting: count("waiting"), draft: count("draft"), needs: count("refused", "differs"), sent: count("sent") };
  withTexts(view, Object.fromEntries(Object.entries(told).map(([name, n]) => [`count_${name}`, String(n)])));
  return told;
}

async function last(store) {
  const told = await store.get("notes", "last");
  if (!told) {
    return word("never_tried");
  }
  const tried = word(told.why ? "tried" : "reached", { moment: moment(told.at) });
  return told.why ? `${tried} ${word(`why_${told.why}`)}` : tried;
}

export async function listPage(here, { still = false } = {}) {
  const { store, greeting, newer } = here;
  const view = part("list");
  const rows = (await store.all("rows")).sort((a, b) => (a.changed < b.changed ? 1 : -1));
  const told = counts(view, rows);
  const sent = rows.filter((row) => row.state === "sent").slice(0, SHOWN);
  const shown = [...rows.filter((row) => row.state !== "sent"), ...sent];
  const lines = await Promise.all(shown.map((row) => line(here, row.id)));
  at(view, "rows").replaceChildren(...lines);
  at(view, "none").hidden = rows.length > 0;
  at(view, "send").hidden = told.waiting === 0;
  at(view, "clear").hidden = told.sent === 0;
  at(view, "newer").hidden = !newer;
  at(view, navigator.onLine ? "offline" : "online").hidden = true;
  const officer = await officerHere(store);
  const closed = (await Promise.all(rows.filter((row) => row.owner).map((row) => load(store, row.id)))).filter(
    ([row, content]) => row.sealed && !content,
  );
  at(view, "closed").hidden = closed.length === 0;
  withTexts(view, { last: await last(store), closed_count: String(closed.length) });
  at(view, "for_other").hidden = !officer?.authority;
  at(view, "fill").classList.toggle("button--primary", !officer?.authority);
  at(view, "officer").hidden = !officer?.authority;
  at(view, "offer").hidden = !greeting?.officer || Boolean(officer?.authority);
  withTexts(view, { officer_name: officer?.name ?? "", authority: officer?.authority ?? "", offered: greeting?.officer?.name ?? "" });
  const persisted = await navigator.storage?.persisted?.();
  at(view, "fleeting").hidden = persisted !== false;
  at(view, "sign_in").href = `${settings().signIn}?next=${encodeURIComponent(window.location.pathname)}`;
  if (window.location.hash.length > 1) {
    return null; // somebody went on meanwhile
  }
  show(view, { still });
  return view;
}
