// The questions of a page as fields, with the marks of the site's own forms; and what stands in them, as answers.
import { at, filled as withTexts, part, word } from "./page.js";
import { fieldName } from "./judging.js";
import { label, said, words } from "./said.js";
import { CHOSEN } from "./taking.js";
import { split } from "./values.js";

const FEW = 9;
const EXAMPLES = { year: "1987", month: "1987.05", day: "1987.05.17" };

function kindOf(filled, { item, round }) {
  if (item.type === "acknowledge") {
    return "tick";
  }
  if (CHOSEN.includes(item.type)) {
    const few = filled.choices(item, round).length <= FEW && !(item.appearance ?? "").split(" ").includes("minimal");
    return item.type === "select_multiple" || few ? "choices" : "select";
  }
  return item.type === "text" && (item.appearance ?? "").split(" ").includes("multiline") ? "area" : "line";
}

function written(filled, { item, round }) {
  const raw = filled.raw(item.name, round);
  const whole = item.type === "date" && raw.length === 10;
  return item.type === "date" ? raw.slice(0, whole ? { year: 4, month: 7, day: 10 }[item.precision] : 99).replaceAll("-", ".") : raw;
}

function typing(input, item) {
  if (item.type === "text") {
    input.inputMode = item.telephone ? "tel" : "text";
  } else {
    input.inputMode = item.type === "integer" ? "numeric" : "decimal";
  }
  if (item.type === "date") {
    input.placeholder = word("example", { example: EXAMPLES[item.precision] });
  }
}

function choicesIn(element, filled, spot, name) {
  const chosen = split(filled.raw(spot.item.name, spot.round));
  const type = spot.item.type === "select_multiple" ? "checkbox" : "radio";
  const made = filled.choices(spot.item, spot.round).map((each, n) => {
    const line = withTexts(part("choice"), { words: words(filled.form, each.labels) || each.name });
    const input = line.querySelector("input");
    Object.assign(input, { type, name, value: each.name, id: `id_${name}_${n}`, checked: chosen.includes(each.name) });
    line.querySelector("label").htmlFor = input.id;
    return line;
  });
  at(element, "choices").replaceChildren(...made);
}

function optionsIn(select, filled, spot) {
  const made = filled.choices(spot.item, spot.round).map((each) => new Option(words(filled.form, each.labels) || each.name, each.name));
  select.replaceChildren(new Option(word("choose"), ""), ...made);
}

// One question; what is wrong with it stands below the label.
export function field(filled, spot, wrong = "") {
  const [kind, name] = [kindOf(filled, spot), fieldName(spot)];
  const element = withTexts(part(kind), { label: label(filled, spot) });
  const input = element.querySelector("input, select, textarea");
  const notes = { help: said(filled, spot.item.hints, spot.round), error: wrong };
  at(element, "optional")?.toggleAttribute("hidden", Boolean(spot.item.required));
  const told = Object.entries(notes).filter(([which, text]) => {
    Object.assign(at(element, which), { textContent: text, hidden: !text, id: `id_${name}_${which}` });
    return text;
  });
  if (kind === "choices") {
    choicesIn(element, filled, spot, name);
    element.id = `id_${name}`;
  } else {
    Object.assign(input, { name, id: `id_${name}` });
    element.querySelector("label").htmlFor = input.id;
    if (kind === "select") {
      optionsIn(input, filled, spot);
    }
    if (kind === "line") {
      typing(input, spot.item);
    }
    input[kind === "tick" ? "checked" : "value"] = kind === "tick" ? Boolean(filled.raw(spot.item.name, spot.round)) : written(filled, spot);
  }
  element.classList.toggle("field--wrong", Boolean(wrong));
  const aim = kind === "choices" ? element : input;
  if (told.length) {
    aim.setAttribute("aria-describedby", told.map(([which]) => `id_${name}_${which}`).join(" "));
  }
  if (wrong && aim === input) {
    input.setAttribute("aria-invalid", "true");
  }
  return element;
}
