// A form with answers in it: what is asked of this person and what is counted. As soyol.surveys.rules.filling.
import { day, textOf } from "./values.js";
import { CHOSEN, taken } from "./taking.js";
import { holds, worth } from "./worth.js";

// Everything by name, each with what it stands in.
export function placed(form) {
  const all = new Map();
  const walk = (items, above) => {
    for (const item of items ?? []) {
      all.set(item.name, { item, above, repeat: above.find((each) => each.kind === "repeat")?.name ?? "" });
      walk(item.items, [...above, item]);
    }
  };
  walk(form.items, []);
  return all;
}

function typed(item, written) {
  const { text } = taken(item, written);
  return item.type === "date" ? (day(text) ?? text) : text;
}

// What was worked out once is remembered: make a new one after a change.
export class Filled {
  constructor(form, answers, today) {
    Object.assign(this, { form, answers, today, placed: placed(form) });
    this.known = { asked: new Map(), value: new Map(), choices: new Map() };
  }

  once(kind, name, round, first, count) {
    const key = `${name} ${round}`;
    if (!this.known[kind].has(key)) {
      this.known[kind].set(key, first); // should a circle have slipped through, it ends here
      this.known[kind].set(key, count());
    }
    return this.known[kind].get(key);
  }

  rounds(repeat) {
    return Array.isArray(this.answers[repeat]) ? this.answers[repeat].length : 0;
  }

  raw(name, round = null) {
    const { repeat } = this.placed.get(name);
    return String((repeat ? this.answers[repeat]?.[round]?.[name] : this.answers[name]) ?? "");
  }

  isAsked(name, round = null) {
    return this.once("asked", name, round, false, () => {
      const { item, above } = this.placed.get(name);
      const outer = above.at(-1);
      const there = !outer || this.isAsked(outer.name, outer.kind === "repeat" ? null : round);
      return there && holds(item.relevant, this.around(item, round)) && this.hasChoices(item, round);
    });
  }

  // A choice that depends on another answer is not asked before there is anything to choose from.
  hasChoices(item, round) {
    return !CHOSEN.includes(item.type) || !item.choice_filter || this.choices(item, round).length > 0;
  }

  choices(item, round = null) {
    const all = this.form.choices[item.choices] ?? [];
    const left = (each) => holds(item.choice_filter, this.around(item, round, each));
    return this.once("choices", item.name, round, [], () => (item.choice_filter ? all.filter(left) : all));
  }

  value(name, round = null) {
    return this.once("value", name, round, "", () => {
      const { item } = this.placed.get(name);
      if (!this.isAsked(name, round)) {
        return "";
      }
      const counted = item.calculation ? worth(item.calculation, this.around(item, round)) : null;
      return counted === null ? typed(item, this.raw(name, round)) : Array.isArray(counted) ? textOf(counted) : counted;
    });
  }

  // What an expression at one place can ask for.
  around(item, round, choice = null) {
    const own = this.placed.get(item.name);
    const many = (repeat, each) => Array.from({ length: this.rounds(repeat) }, (_none, n) => each(n));
    return {
      today: this.today,
      this: () => typed(item, this.raw(item.name, round)),
      column: (name) => choice?.columns?.[name] ?? "",
      position: () => (round ?? 0) + 1,
      answer: (name) => {
        const { item: asked, repeat } = this.placed.get(name);
        if (asked.kind === "repeat") {
          return this.isAsked(name) ? many(name, (n) => String(n + 1)) : [];
        }
        const inside = !repeat || (round !== null && [item.name, own.repeat].includes(repeat));
        return inside ? this.value(name, repeat ? round : null) : many(repeat, (n) => this.value(name, n));
      },
    };
  }
}
