// Two sets of answers under one number, side by side: the one on the server and the one on the device. A person chooses.
import { at, filled as withTexts, part, settings, show, word } from "./page.js";
import { free, kept } from "./editing.js";
import { spotsIn } from "./judging.js";
import { settle } from "./rows.js";
import { filledNow, numbered, shown } from "./said.js";
import { textOf } from "./values.js";
import { open } from "./walking.js";

// Question → what it is called and what was answered, of one side.
function answersOf(form, answers) {
  const filled = filledNow(form, answers);
  const asked = [...spotsIn(filled, form.items)].filter(({ item }) => item.is_asked);
  return new Map(
    asked.map((spot) => {
      const text = textOf(filled.value(spot.item.name, spot.round));
      return [`${spot.item.name} ${spot.round}`, { name: numbered(filled, spot), text: shown(form, spot.item, text) }];
    }),
  );
}

function lines(form, here, there) {
  const [mine, theirs] = [answersOf(form, here), answersOf(form, there)];
  const text = (side, key) => side.get(key)?.text ?? "";
  const answered = [...new Map([...theirs, ...mine])].filter(([key]) => text(mine, key) || text(theirs, key));
  return answered.map(([key, { name }]) => {
    const texts = [text(mine, key), text(theirs, key)];
    const line = withTexts(part("compared"), { name });
    ["mine", "theirs"].forEach((side, n) => {
      at(line, side).textContent = texts[n] || word("not_answered");
      at(line, side).classList.toggle("muted", !texts[n]);
    });
    at(line, "differs").hidden = texts[0] === texts[1];
    line.classList.toggle("differs", texts[0] !== texts[1]);
    return line;
  });
}

export function besidePage({ store, row, content, form, outbox }) {
  const view = part("beside");
  const { beside } = content;
  withTexts(view, { lead: settings().title, words: word(beside.code, beside) });
  const table = at(view, "table");
  table.hidden = !beside.answers;
  at(view, "correct").hidden = !beside.answers;
  if (beside.answers) {
    at(view, "lines").replaceChildren(...lines(form, content.answers, beside.answers));
    withTexts(view, { received: word("received", { moment: beside.at, number: beside.number }) });
  }
  at(view, "theirs").addEventListener("click", async () => {
    if (window.confirm(word("theirs_sure"))) {
      await settle(store, row, { number: beside.number, at: beside.at });
      free();
      open();
    }
  });
  at(view, "correct").addEventListener("click", async () => {
    const told = { ...content, beside: null, corrects: beside.revision };
    if (await kept(store, row, told, { state: "waiting" })) {
      free();
      open();
      outbox();
    }
  });
  show(view);
}
