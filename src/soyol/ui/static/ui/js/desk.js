// The review desk: keys for the answers, the next question fetched ahead, an answer sent while the next one is shown.
// Without this module the same buttons send and load pages.
const ASIDE = { headers: { "HX-Request": "true", "HX-Target": "question" } };
let ahead = null; // a promise of the next question as text

function asked() {
  return document.querySelector("[data-desk]");
}

function fetchAhead() {
  const next = asked()?.dataset.next;
  ahead = next ? fetch(next, ASIDE).then((answer) => (answer.ok ? answer.text() : Promise.reject())) : null;
  ahead?.catch(() => {}); // told of when it is needed
}

function show(text) {
  const room = document.createElement("template");
  room.innerHTML = text;
  const fresh = room.content.querySelector("[data-desk]");
  asked().replaceWith(fresh);
  window.history.replaceState(null, "", fresh.dataset.here);
  window.scrollTo(0, 0);
  fresh.querySelector("[data-desk-title]")?.focus({ preventScroll: true });
  listen();
  fetchAhead();
}

function complain(words) {
  const place = document.createElement("p");
  place.className = "notice notice--bad";
  place.setAttribute("role", "alert");
  place.textContent = words;
  asked().prepend(place);
}

async function answer(form, button) {
  const before = asked();
  const sent = fetch(form.action, { ...ASIDE, method: "POST", body: new FormData(form, button) });
  document.querySelector("[data-desk-said]").textContent = button.dataset.said ?? "";
  const shown = ahead?.then(show, () => null);
  const told = await sent.catch(() => null);
  await shown;
  if (told === null || (!told.ok && told.status !== 409)) {
    asked().replaceWith(before);
    listen();
    complain(before.dataset.failed);
    return;
  }
  const next = told.headers.get("X-Soyol-Next");
  if (told.status === 409 || asked() === before || (next !== null && next !== asked().dataset.version)) {
    await fetch(before.dataset.next, ASIDE).then((page) => page.text()).then(show);
  }
  if (told.status === 409) {
    complain(await told.text());
  }
  const today = asked().querySelector("[data-desk-today]");
  if (today && told.headers.has("X-Soyol-Today")) {
    today.textContent = told.headers.get("X-Soyol-Today");
  }
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
    ahead.then(show, () => window.location.assign(later.href));
  });
}

function press(event) {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    return;
  }
  const aim = asked()?.querySelector(`[data-key="${event.code}"]`);
  if (aim) {
    event.preventDefault();
    aim.click();
    aim.closest("details")?.querySelector("select, input:not([type=hidden]), textarea")?.focus();
  }
}

export function reviewDesk() {
  if (asked()?.dataset.version) {
    document.addEventListener("keydown", press);
    listen();
    fetchAhead();
  }
}
