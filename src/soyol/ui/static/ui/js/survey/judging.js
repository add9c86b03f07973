// Which questions and pages there are for this person, what is wrong with their answers, and what of them is kept.
import { CHOSEN, taken } from "./taking.js";
import { split, textOf } from "./values.js";
import { Unsure, holds } from "./worth.js";

export const MOST_ROUNDS = 50;

export const fieldName = ({ item, round }) => (round === null ? item.name : `${item.name}--${round}`);

// Every question of some items that is there, in order, round by round.
export function* spotsIn(filled, items, round = null) {
  for (const item of items ?? []) {
    if (!filled.isAsked(item.name, round)) {
      continue;
    }
    if (item.kind === "question") {
      yield { item, round };
    } else if (item.kind === "group") {
      yield* spotsIn(filled, item.items, round);
    } else {
      for (let number = 0; number < filled.rounds(item.name); number += 1) {
        yield* spotsIn(filled, item.items, number);
      }
    }
  }
}

export const itemsOf = (filled, step) => step.items.map((name) => filled.placed.get(name).item);

function hasSomething(filled, step) {
  const items = itemsOf(filled, step);
  const shown = (spot) => !["calculate", "meta"].includes(spot.item.type);
  const repeats = [...filled.placed.values()].filter(({ item }) => item.kind === "repeat" && filled.isAsked(item.name));
  const inside = repeats.some(({ item, above }) => items.includes(above[0] ?? item));
  return inside || [...spotsIn(filled, items)].some(shown);
}

// The pages that have something for this person.
export const steps = (filled) => filled.form.steps.filter((step) => hasSomething(filled, step));

function fits(condition, around) {
  try {
    return holds(condition, around);
  } catch (why) {
    if (why instanceof Unsure) {
      return true; // the server will judge
    }
    throw why;
  }
}

// The code of what is wrong with an answer, or "".
export function wrong(filled, { item, round }) {
  if (!item.is_asked) {
    return "";
  }
  const told = taken(item, filled.raw(item.name, round));
  const around = filled.around(item, round);
  if (told.fault) {
    return told.fault;
  }
  if (!told.text) {
    return item.required && holds(item.required, around) ? "required" : "";
  }
  if (CHOSEN.includes(item.type)) {
    const chosen = split(told.text);
    const left = filled.choices(item, round).map((each) => each.name);
    if (!chosen.every((each) => left.includes(each)) || (item.type === "select_one" && chosen.length > 1)) {
      return "choice";
    }
  }
  return fits(item.constraint, around) ? "" : "constraint";
}

export function allWrong(filled) {
  const all = [...spotsIn(filled, filled.form.items)].map((spot) => ({ ...spot, code: wrong(filled, spot) }));
  return all.filter((each) => each.code);
}

// What is asked and counted, nothing else: as the server keeps it.
export function kept(filled) {
  const made = {};
  for (const { item, round } of spotsIn(filled, filled.form.items)) {
    const text = textOf(filled.value(item.name, round));
    const { repeat } = filled.placed.get(item.name);
    if (item.type === "note" || !text) {
      continue;
    }
    let there = made;
    if (repeat && round !== null) {
      made[repeat] ??= [];
      while (made[repeat].length <= round) {
        made[repeat].push({});
      }
      there = made[repeat][round];
    }
    there[item.name] = taken(item, text).text;
  }
  return made;
}
