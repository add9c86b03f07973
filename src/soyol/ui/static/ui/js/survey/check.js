// All answers on one page, what is wrong with them, and the button that puts them into the outbox.
import { at, filled as withTexts, part, settings, show, word } from "./page.js";
import { free, kept } from "./editing.js";
import { allWrong, itemsOf, spotsIn, steps } from "./judging.js";
import { filledNow, numbered, shown, stepWords, wrongWords } from "./said.js";
import { summary } from "./summary.js";
import { textOf } from "./values.js";
import { open } from "./walking.js";

// The page on which a question stands.
function stepOf(filled, item) {
  const { above } = filled.placed.get(item.name);
  return filled.form.steps.find((step) => step.items.includes((above[0] ?? item).name)).name;
}

// What is wrong by the rules of the device, else what the server found.
function faultsOf(filled, content) {
  const here = allWrong(filled).map((each) => ({ ...each, words: wrongWords(filled, each) }));
  const known = (content.refused?.wrong ?? []).filter(({ name }) => filled.placed.has(name));
  const there = known.map(({ name, round, words }) => ({ item: filled.placed.get(name).item, round, words }));
  return (here.length ? here : there).map((each) => ({ ...each, step: stepOf(filled, each.item) }));
}

// A question and its answer; ``fact`` of the site.
function fact(filled, spot) {
  const text = textOf(filled.value(spot.item.name, spot.round));
  const line = part("fact");
  withTexts(line, { name: numbered(filled, spot), answer: text ? shown(filled.form, spot.item, text) : word("not_answered") });
  at(line, "answer").classList.toggle("muted", !text);
  return line;
}

function section(row, filled, step, number) {
  const element = part("section");
  const words = stepWords(filled, step, number);
  withTexts(element, { title: words, change: words });
  element.querySelector("a").href = `#${row.id}/${step.name}`;
  const spots = [...spotsIn(filled, itemsOf(filled, step))].filter(({ item }) => item.is_asked);
  at(element, "facts").replaceChildren(...spots.map((spot) => fact(filled, spot)));
  return element;
}

export function checkPage({ store, row, content, form, outbox }) {
  const view = part("check");
  const filled = filledNow(form, content.answers);
  const faults = faultsOf(filled, content);
  withTexts(view, { lead: settings().title });
  at(view, "wrong").replaceChildren(...(faults.length || content.refused ? [summary(row, filled, faults, content.refused?.words)] : []));
  at(view, "sections").replaceChildren(...steps(filled).map((step, n) => section(row, filled, step, n + 1)));
  const ready = at(view, "ready");
  ready.hidden = allWrong(filled).length > 0 || row.state === "waiting";
  ready.addEventListener("click", async () => {
    const told = { ...content, refused: null };
    if (await kept(store, row, told, { state: "waiting" })) {
      free();
      open();
      outbox();
    }
  });
  at(view, "drop").addEventListener("click", async () => {
    if (window.confirm(word("drop_sure"))) {
      await store.remove("rows", row.id);
      free();
      open();
    }
  });
  show(view);
}
