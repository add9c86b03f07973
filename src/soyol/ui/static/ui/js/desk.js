// The review desk: keys for the answers, the next question fetched ahead, an answer sent while the next one is shown.
// Without this module the same buttons send and load pages.
import { press } from "./keys.js";

const ASIDE = { headers: { "HX-Request": "true", "HX-Target": "question" } };
let ahead = null; // a promise of the next question as text

const asked = () => document.querySelector("[data-desk]");

// What leads to the sign-in page, or says what went wrong, is no question.
async function asQuestion(answer) {
  const text = answer.ok ? await answer.text() : "";
  return text.includes("data-desk") ? text : Promise.reject(new Error(answer.status));
}

function fetchAhead() {
  const next = asked()?.dataset.next;
  ahead = next ? fetch(next, ASIDE).then(asQuestion) : null; // a fault is told of when it is needed
  ahead?.catch(() => {});
}

function show(text) {
  const room = document.createElement("template");
  room.innerHTML = text;
  const fresh = room.content.querySelector("[data-desk]");
  asked().replaceWith(fresh);
  document.querySelector("#notices")?.replaceChildren(); // they were about the question before
  window.history.replaceState(null, "", fresh.dataset.here);
  window.scrollTo(0, 0);
  fresh.querySelector("[data-desk-title]")?.focus({ preventScroll: true });
  listen();
  fetchAhead();
}

function tell(words, kind = "bad") {
  const place = Object.assign(document.createElement("p"), { className: `notice notice--${kind}`, textContent: words });
  place.setAttribute("role", kind === "bad" ? "alert" : "status");
  asked().prepend(place);
}

const say = (words) => document.querySelector("[data-desk-said]").replaceChildren(words);

async function answer(form, button) {
  const before = asked();
  const sent = fetch(form.action, { ...ASIDE, method: "POST", body: new FormData(form, button) });
  say(button.dataset.said ?? "");
  const shown = ahead?.then(show, () => null);
  const told = await sent.catch(() => null);
  await shown;
  if (told?.headers.has("HX-Redirect")) {
    window.location.assign(before.dataset.here); // the session is over: sign in, then answer it again
    return;
  }
  if (told?.status !== 204 && told?.status !== 409) {
    asked().replaceWith(before);
    listen();
    say("");
    tell(before.dataset.failed);
    return;
  }
  const next = told.headers.get("X-Soyol-Next");
  if (told.status === 409 || asked() === before || (next !== null && next !== asked().dataset.version)) {
    await fetch(before.dataset.next, ASIDE).then(asQuestion).then(show, () => window.location.assign(before.dataset.next));
  }
  if (told.status === 409) {
    say("");
    tell(await told.text());
    return;
  }
  if (told.headers.has("X-Soyol-Told")) {
    tell(decodeURIComponent(told.headers.get("X-Soyol-Told")), "care");
  }
  asked().querySelector("[data-desk-back]")?.removeAttribute("hidden");
  const today = asked().querySelector("[data-desk-today]");
  today?.replaceChildren(told.headers.get("X-Soyol-Today") ?? today.textContent);
}

function listen() {
  const form = asked()?.querySelector("[data-desk-answer]");
  form?.addEventListener("submit", (event) => {
    if (event.submitter?.name === "verdict") {
      event.preventDefault();
      answer(form, event.submitter);
    }
  });
  const later = asked()?.querySelector('[data-key="ArrowRight"]');
  later?.addEventListener("click", (event) => {
    event.preventDefault();
    say("");
    ahead.then(show, () => location.assign(later.href));
  });
}

export function reviewDesk() {
  if (asked()) {
    document.addEventListener("keydown", (event) => press(event, asked()));
    listen();
    fetchAhead();
  }
}
