// Sends what waits on the device, one set of answers after the other. Sending again does no harm: the server knows each by
// its id. Nothing is thrown away before the server has said under which number it keeps it.
import { letIn, officerHere } from "./sealing.js";
import { alone, keep, load, settle } from "./rows.js";

// Why nothing was sent: no network, or whoever has to sign in first.
export class NotNow extends Error {}
const STOPS = ["network", "server", "slow", "device"];

async function asked(address, more = {}) {
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", cache: "no-store", ...more });
  } catch {
    throw new NotNow("network");
  }
  const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  return { status: answer.status, told: isJson ? await answer.json().catch(() => null) : null };
}

// Who is signed in, what is asked now, and the token to send with; opens and closes what officers wrote accordingly.
export async function greet(store, address) {
  const { status, told } = await asked(address);
  if (status !== 200 || !told) {
    throw new NotNow(status === 404 ? "gone" : "server");
  }
  const here = await officerHere(store);
  const theirs = (await store.all("rows")).some((row) => row.owner === told.officer?.id);
  if (told.officer && (here || theirs)) {
    await letIn(store, told.officer, here && here.owner !== told.officer.id ? "" : null);
  }
  return told;
}

// What the server said becomes the state of the row.
async function written(store, row, content, { status, told }) {
  if (told?.state === "sent") {
    await settle(store, row, { number: told.number, at: told.at });
    return "sent";
  }
  if (told?.state === "differs") {
    await keep(store, row, { ...content, beside: told }, { state: "differs" });
    return "differs";
  }
  if (told?.state === "refused" && status < 500) {
    await keep(store, row, { ...content, refused: told }, { state: "refused" });
    return "refused";
  }
  throw new NotNow(told?.code ?? "server");
}

export async function sendOne(store, address, id, greeting, language) {
  return alone(store, id, async (mine) => {
    const [row, content] = mine ? await load(store, id) : [null, null];
    if (row?.state !== "waiting") {
      return "";
    }
    if (row.owner && (row.owner !== greeting.officer?.id || !content)) {
      throw new NotNow(greeting.officer ? "another" : "sign_in");
    }
    const { secret, answers, mandate, edited_at, corrects } = content;
    const told = { instance_id: id, secret, version: row.version, answers, edited_at, language };
    const more = { ...(mandate ? { mandate, officer: row.owner } : {}), ...(corrects ? { corrects } : {}) };
    const body = JSON.stringify({ ...told, ...more });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": greeting.token };
    store.say(`sending ${id}`);
    return written(store, row, content, await asked(address, { method: "POST", headers, body }));
  });
}

// All that waits. Gives how many were sent and why it stopped; one window or worker sends at a time. What one set of
// answers cannot be sent for now does not hold the others up.
export async function sendAll(store, address, language) {
  return navigator.locks.request(`${store.code} sending`, async () => {
    const done = { at: new Date().toISOString(), sent: 0, why: "" };
    const tried = async (act) => {
      try {
        return await act();
      } catch (why) {
        done.why = why instanceof NotNow ? why.message : "device";
        return null;
      }
    };
    const greeting = await tried(() => greet(store, address));
    for (const { id, state } of greeting ? await store.all("rows") : []) {
      if (state === "waiting" && !STOPS.includes(done.why)) {
        const became = await tried(() => sendOne(store, address, id, greeting, language));
        done.sent += became === "sent" ? 1 : 0;
      }
    }
    await store.put("notes", { name: "last", ...done });
    return done;
  });
}
