// What is wrong, above a page; each line leads to its field.
import { at, filled as withTexts, part } from "./page.js";
import { fieldName } from "./judging.js";
import { numbered } from "./said.js";

// faults: spots with the name of their page and words.
export function summary(row, filled, faults, title = "") {
  const element = part("summary");
  if (title) {
    withTexts(element, { title });
  }
  const lines = faults.map(({ item, round, step, words }) => {
    const line = withTexts(part("wrong"), { words: `${numbered(filled, { item, round })}: ${words}` });
    line.querySelector("a").href = `#${row.id}/${step}/${fieldName({ item, round })}`;
    return line;
  });
  at(element, "lines").replaceChildren(...lines);
  return element;
}
