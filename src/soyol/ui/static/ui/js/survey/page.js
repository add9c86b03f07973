// The page of the device is drawn from <template data-part="…"> and speaks by <p data-word="…"> of its own language, so that
// no word stands in a script.
const main = () => document.querySelector("[data-survey]");

export const settings = () => main().dataset;

// A copy of a part of the page.
export const part = (name) => document.querySelector(`template[data-part="${name}"]`).content.firstElementChild.cloneNode(true);

// The places of a part that take something: <… data-at="name">.
export function at(element, name) {
  return element.matches(`[data-at="${name}"]`) ? element : element.querySelector(`[data-at="${name}"]`);
}

export function filled(element, texts) {
  for (const [name, text] of Object.entries(texts)) {
    at(element, name).textContent = text;
  }
  return element;
}

// Words by their code, with what they name: word("sent_at", {moment: "…"}).
export function word(code, named = {}) {
  const words = document.querySelector("template[data-part='words']").content.querySelector(`[data-word="${code}"]`);
  const text = words?.textContent ?? code;
  return Object.entries(named).reduce((told, [name, value]) => told.replaceAll(`{${name}}`, value), text);
}

// Another page in this one: its heading gets the focus, so that whoever hears the page knows where they are. ``still``: the
// same page with news in it, on which nobody loses their place.
export function show(element, { still = false } = {}) {
  const view = main().querySelector("[data-view]");
  const aim = document.activeElement?.closest("[data-view] [data-at], [data-view] a[href]");
  const place = aim?.dataset.at ? `[data-at="${aim.dataset.at}"]` : `[href="${aim?.getAttribute("href")}"]`;
  const opened = Boolean(view.querySelector("details[open]"));
  view.replaceChildren(element);
  const heading = element.querySelector("h1");
  document.title = `${heading.textContent} · ${settings().title}`;
  if (still) {
    element.querySelector("details")?.toggleAttribute("open", opened);
    (aim && element.querySelector(place))?.focus({ preventScroll: true });
  } else {
    window.scrollTo(0, 0);
    (element.querySelector("[data-focus]") ?? heading).focus({ preventScroll: true });
  }
}

export function say(text) {
  main().querySelector("[data-said]").textContent = text;
}

// A fault that nobody may overlook.
export function complain(text) {
  const place = main().querySelector("[data-alerts]");
  const notice = filled(part("complaint"), { words: text });
  place.replaceChildren(notice);
}

export const calm = () => main().querySelector("[data-alerts]").replaceChildren();

function told(iso) {
  const day = { year: "numeric", month: "2-digit", day: "2-digit" };
  const way = { timeZone: settings().zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit", ...day };
  return Object.fromEntries(
    new Intl.DateTimeFormat("en", way).formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  );
}

// Day and time of day where the site stands, written as everywhere on it.
export function moment(iso) {
  const { year, month, day, hour, minute } = told(iso);
  return `${settings().day.replace("3333", year).replace("11", month).replace("22", day)} ${hour}:${minute}`;
}

// Today where the site stands: year, month and day.
export function today() {
  const { year, month, day } = told(new Date().toISOString());
  return [year, month, day].map(Number);
}
