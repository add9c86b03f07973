// One set of answers that is opened: its pages of questions, the check, or the two versions beside each other.
import { complain, word } from "./page.js";
import { besidePage } from "./beside.js";
import { checkPage } from "./check.js";
import { hold } from "./editing.js";
import { formOf, load } from "./rows.js";
import { StepPage } from "./step.js";
import { open } from "./walking.js";

export async function inside(here, id, name, aim) {
  const mine = await hold(here.store, id);
  const [row, content] = await load(here.store, id);
  const form = row && (await formOf(here.store, row.version));
  if (!mine || !content || !form) {
    open();
    complain(word(mine ? "not_here" : "elsewhere"));
    return;
  }
  const told = { ...here, row, content, form, aim };
  const step = form.steps.find((each) => each.name === name) ?? form.steps[0];
  const pages = { check: checkPage, beside: content.beside ? besidePage : checkPage };
  here.page = (pages[name] ?? ((all) => new StepPage({ ...all, step })))(told) ?? null;
}
