// Where the buttons of a page of questions lead.
import { at, say, word } from "./page.js";
import { withRound } from "./blocks.js";
import { steps } from "./judging.js";

export function open(...parts) {
  const hash = parts.length ? `#${parts.join("/")}` : "#";
  if (window.location.hash === hash) {
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    window.location.hash = hash;
  }
}

function beside(page, way) {
  const order = page.form.steps.map((step) => step.name);
  const there = new Set(steps(page.filled).map((step) => step.name));
  let n = order.indexOf(page.step.name) + way;
  while (order[n] && !there.has(order[n])) {
    n += way;
  }
  if (n < 0) {
    open();
  } else {
    open(page.row.id, order[n] ?? "check");
  }
}

async function rounds(page, to) {
  const answers = withRound(page.filled, page.content.answers, to);
  await page.keep(answers);
  page.draw();
  const [what, name] = to.split(":");
  const last = (answers[name]?.length ?? 0) - 1;
  const heads = [...page.view.querySelectorAll("[data-round]")];
  const aim = what === "add" ? page.view.querySelector(`[name$="--${last}"]`) : (heads.at(-1) ?? page.view.querySelector("h1"));
  aim?.focus();
}

export async function walk(page, to) {
  const before = page.drawn;
  if (!(await page.read())) {
    return;
  }
  if (to.includes(":")) {
    await rounds(page, to);
  } else if (to === "later") {
    open();
  } else if (to === "back") {
    beside(page, -1);
  } else if (page.draw() === 0 && page.brings(before)) {
    page.draw({ fresh: true });
    say(word("fresh"));
    at(page.view, "fresh").focus();
  } else if (page.draw({ judged: true })) {
    page.view.querySelector("[data-focus]").focus();
  } else {
    beside(page, 1);
  }
}
