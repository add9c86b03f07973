// The pieces of a page of questions, in order: headings, notes, fields, rounds and the buttons that add and take out.
import { filled as withTexts, part, word } from "./page.js";
import { field } from "./fields.js";
import { MOST_ROUNDS, fieldName } from "./judging.js";
import { said } from "./said.js";

function heading(words, level) {
  return Object.assign(document.createElement(`h${Math.min(level, 4) - 1}`), { textContent: words });
}

function* rounds(filled, item, words, level, wrong) {
  const what = words || item.name;
  if (level > 2) {
    yield heading(words, level);
  }
  for (let number = 0; number < filled.rounds(item.name); number += 1) {
    const name = word("round", { what, n: number + 1 });
    const head = withTexts(part("round"), { name, out: name });
    head.querySelector("button").value = `remove:${item.name}:${number}`;
    yield head;
    yield* blocks(filled, item.items, wrong, number, level + 1);
  }
  if (filled.rounds(item.name) < MOST_ROUNDS) {
    const add = withTexts(part("add"), { words: word("add", { what }) });
    add.querySelector("button").value = `add:${item.name}`;
    yield add;
  }
}

// wrong: words by name of a field.
export function* blocks(filled, items, wrong = new Map(), round = null, level = 2) {
  for (const item of (items ?? []).filter((each) => filled.isAsked(each.name, round))) {
    const words = said(filled, item.labels, round);
    if (item.kind === "group") {
      if (words && level > 2) {
        yield heading(words, level);
      }
      yield* blocks(filled, item.items, wrong, round, level + 1);
    } else if (item.kind === "repeat") {
      yield* rounds(filled, item, words, level, wrong);
    } else if (item.is_asked) {
      yield field(filled, { item, round }, wrong.get(fieldName({ item, round })));
    } else if (!["calculate", "meta"].includes(item.type)) {
      yield withTexts(part("note"), { words });
    }
  }
}

// The answers with a round more or less, as a button says.
export function withRound(filled, answers, go) {
  const [what, name, number] = go.split(":");
  const before = answers[name] ?? [];
  if (what === "remove") {
    return { ...answers, [name]: before.filter((_each, n) => n !== Number(number)) };
  }
  const inner = [...filled.placed.values()].filter(({ item, repeat }) => repeat === name && item.default);
  const fresh = Object.fromEntries(inner.map(({ item }) => [item.name, item.default]));
  return before.length < MOST_ROUNDS ? { ...answers, [name]: [...before, fresh] } : answers;
}
