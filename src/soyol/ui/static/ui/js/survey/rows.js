// Sets of answers on the device. A row says in clear only what tells nothing of anybody: id, whose, version, state, times,
// and the receipt. States: draft, waiting, refused, differs, sent; of what was sent the answers are gone.
import { close, identity, keyOf, open } from "./sealing.js";

export class Closed extends Error {}

export async function begin(store, { owner, version, mandate, answers }) {
  const key = await keyOf(store, owner);
  if (!key) {
    throw new Closed();
  }
  const { id, secret } = await identity();
  const now = new Date().toISOString();
  const row = { id, owner, version, state: "draft", begun: now, changed: now, receipt: null };
  await keep(store, row, { secret, answers, mandate, edited_at: now });
  return row;
}

// Keep the answers of a row, and what else changes in it.
export async function keep(store, row, content, change = {}) {
  const key = await keyOf(store, row.owner);
  if (!key) {
    throw new Closed();
  }
  Object.assign(row, { changed: new Date().toISOString() }, change);
  await store.put("rows", { ...row, sealed: await close(key, row.id, content) });
}

// A row with its answers; they are null where the key is not here, or where they were sent.
export async function load(store, id) {
  const row = await store.get("rows", id);
  if (!row) {
    return [null, null];
  }
  const key = row.sealed && (await keyOf(store, row.owner));
  return [row, key ? await open(key, id, row.sealed) : null];
}

// It is on the server: the answers leave the device.
export async function settle(store, row, receipt) {
  await store.put("rows", { ...row, state: "sent", sealed: null, receipt, changed: new Date().toISOString() });
}

// Whoever writes in one set of answers, or sends it, keeps others out; what is done is given up where it is taken.
export const lockOf = (store, id) => `${store.code} ${id}`;

export function alone(store, id, act) {
  return navigator.locks.request(lockOf(store, id), { ifAvailable: true }, (lock) => act(Boolean(lock)));
}

// The form by which a row was asked; versions that nobody needs any more leave the device.
export async function formOf(store, version) {
  return (await store.get("forms", version))?.form ?? null;
}

export async function keepForm(store, form) {
  await store.put("forms", { version: form.version, form });
  const needed = new Set((await store.all("rows")).filter((row) => row.sealed).map((row) => row.version));
  for (const { version } of await store.all("forms")) {
    if (version !== form.version && !needed.has(version)) {
      await store.remove("forms", version);
    }
  }
}
