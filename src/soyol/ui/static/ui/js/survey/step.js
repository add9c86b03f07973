// One page of questions. What is written is kept at once; what an answer brings is shown at once.
import { at, filled as withTexts, part, say, settings, show, word } from "./page.js";
import { blocks } from "./blocks.js";
import { kept, settled } from "./editing.js";
import { fieldName, itemsOf, spotsIn, steps, wrong } from "./judging.js";
import { filledNow, stepWords, wrongWords } from "./said.js";
import { summary } from "./summary.js";
import { OK } from "./taking.js";
import { walk } from "./walking.js";

export class StepPage {
  constructor({ store, row, content, form, step, aim }) {
    Object.assign(this, { store, row, content, form, step, aim, view: part("step") });
    const form_ = this.view.querySelector("form");
    form_.addEventListener("submit", (event) => {
      event.preventDefault();
      walk(this, event.submitter?.value ?? "next");
    });
    form_.addEventListener("change", () => this.changed());
    form_.addEventListener("input", () => this.soon());
    this.draw({ judged: Boolean(aim) });
    show(this.view);
    document.getElementById(`id_${aim}`)?.focus();
  }

  get spots() {
    return [...spotsIn(this.filled, itemsOf(this.filled, this.step))].filter(({ item }) => item.is_asked);
  }

  get shape() {
    return this.spots.map((spot) => JSON.stringify([fieldName(spot), this.filled.choices(spot.item, spot.round).map((each) => each.name)]));
  }

  // Whether a question, or something to choose from, stands here that did not before.
  brings(before) {
    return this.shape.some((each) => !before.includes(each));
  }

  draw({ judged = false, fresh = false } = {}) {
    this.filled = filledNow(this.form, this.content.answers);
    const all = steps(this.filled);
    const number = all.findIndex((each) => each.name === this.step.name) + 1;
    const place = word("place", { number, total: all.length });
    withTexts(this.view, { title: stepWords(this.filled, this.step, number), lead: `${settings().title} · ${place}` });
    const spots = judged ? this.spots.map((spot) => ({ ...spot, code: wrong(this.filled, spot), step: this.step.name })) : [];
    const faults = spots.filter(({ code }) => code).map((each) => ({ ...each, words: wrongWords(this.filled, each) }));
    const words = new Map(faults.map((each) => [fieldName(each), each.words]));
    at(this.view, "wrong").replaceChildren(...(faults.length ? [summary(this.row, this.filled, faults)] : []));
    at(this.view, "fresh").hidden = !fresh;
    at(this.view, "fields").replaceChildren(...blocks(this.filled, itemsOf(this.filled, this.step), words));
    this.drawn = this.shape;
    this.was = this.written;
    return faults.length;
  }

  get written() {
    return JSON.stringify([...new FormData(this.view.querySelector("form"))]);
  }

  // What stands in the fields becomes the answers, where it is different; whether the device has them.
  async read() {
    window.clearTimeout(this.timer);
    if (this.written === this.was && (await settled()) !== false) {
      return true;
    }
    this.was = this.written;
    const told = new FormData(this.view.querySelector("form"));
    const answers = structuredClone(this.content.answers);
    for (const { item, round } of this.spots) {
      const many = told.getAll(fieldName({ item, round }));
      const there = round === null ? answers : answers[this.filled.placed.get(item.name).repeat][round];
      there[item.name] = item.type === "acknowledge" ? (many.length ? OK : "") : many.join(" ");
    }
    return this.keep(answers);
  }

  soon() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.read(), 500);
  }

  keep(answers) {
    Object.assign(this.content, { answers, edited_at: new Date().toISOString(), refused: null, beside: null });
    return kept(this.store, this.row, this.content, { state: "draft" });
  }

  async changed() {
    await this.read();
    this.filled = filledNow(this.form, this.content.answers);
    const before = this.drawn;
    if (String(this.shape) !== String(before)) {
      const { id } = document.activeElement;
      this.draw();
      say(this.brings(before) ? word("fresh") : "");
      document.getElementById(id)?.focus();
    }
  }
}
