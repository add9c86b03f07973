// What a form says, in the language of the page: labels with answers in them, and answers in words.
import { settings, today, word } from "./page.js";
import { Filled } from "./filled.js";
import { CHOSEN, OK } from "./taking.js";
import { Day, split, textOf } from "./values.js";

// The form with answers, as it is today.
export const filledNow = (form, answers) => new Filled(form, answers, Day.of(...today()));

// A text in the language of the page, else in the form's own, else in any.
export function words(form, told) {
  const code = [settings().language, ...form.languages].find((each) => told?.[each]);
  return code ? told[code] : (Object.values(told ?? {})[0] ?? "");
}

const CUT = { year: 4, month: 7, day: 10 };

// One answer as a reader sees it: choices by their labels, a day as exact as it was asked for.
export function shown(form, item, text) {
  if (item.type === "date") {
    return text.slice(0, CUT[item.precision]);
  }
  if (item.type === "acknowledge") {
    return text === OK ? word("yes") : text;
  }
  const label = (name) => {
    const choice = (form.choices[item.choices] ?? []).find((each) => each.name === name);
    return choice ? words(form, choice.labels) || name : name;
  };
  return CHOSEN.includes(item.type) ? split(text).map(label).join(", ") : text;
}

// A text of the form; where it names a question, the answer stands in its place.
export function said(filled, told, round = null) {
  return words(filled.form, told).replace(/\$\{\s*([A-Za-z_]\w*)\s*\}/g, (_all, name) => {
    const placed = filled.placed.get(name);
    const asked = placed?.item.kind === "question";
    return asked ? shown(filled.form, placed.item, textOf(filled.value(name, placed.repeat ? round : null))) : "";
  });
}

export const label = (filled, { item, round }) => said(filled, item.labels, round) || item.name;

export const numbered = (filled, spot) =>
  spot.round === null ? label(filled, spot) : `${spot.round + 1}. ${label(filled, spot)}`;

// What is wrong with an answer and what to do: as the form says it, else in words of ours.
export function wrongWords(filled, { item, round, code }) {
  const own = { required: item.required_words, constraint: item.constraint_words }[code];
  return (own && said(filled, own, round)) || word(code);
}

export function stepWords(filled, step, number) {
  const { item } = filled.placed.get(step.items[0]);
  return (item.kind !== "question" && said(filled, item.labels)) || word("page", { n: number });
}

// By what whoever filled it in knows it again: whom they wrote for, or the first thing that was written.
export function nameOf(form, content) {
  if (content.mandate?.who) {
    return content.mandate.who;
  }
  const texts = (items) => items.flatMap((item) => (item.items ? texts(item.items) : item.type === "text" ? [item] : []));
  const item = form && texts(form.items).find((each) => content.answers[each.name]);
  return item ? content.answers[item.name].slice(0, 60) : word("unnamed");
}
