// What is kept on the device, in the browser's own database: one for each survey, so that wiping one leaves others be.
// forms: versions by which answers are here; keys: what opens answers; rows: sets of answers, closed; notes: the last try.
const STORES = { forms: "version", keys: "owner", rows: "id", notes: "name" };
const PREFIX = "soyol-survey-";

const promised = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function openStore(code) {
  const request = indexedDB.open(PREFIX + code, 1);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) {
      request.result.createObjectStore(name, { keyPath });
    }
  };
  const database = await promised(request);
  database.onversionchange = () => database.close(); // another window wipes the device
  return new Store(code, database);
}

class Store {
  constructor(code, database) {
    Object.assign(this, { code, database, heard: null, told: new BroadcastChannel(PREFIX + code) });
    this.told.onmessage = ({ data }) => this.heard?.(data);
  }

  reading(name) {
    return this.database.transaction(name).objectStore(name);
  }

  get(name, key) {
    return promised(this.reading(name).get(key));
  }

  all(name) {
    return promised(this.reading(name).getAll());
  }

  // Done when it is on the disk, not when it was asked for.
  changed(name, change) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(name, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("the write was given up"));
      change(transaction.objectStore(name));
    }).then(() => this.say(name));
  }

  // Other windows hear of it, and whoever listens in this one: the name of what changed, or "sending <id>".
  say(what) {
    this.told.postMessage(what);
    this.heard?.(what);
  }

  put(name, value) {
    return this.changed(name, (store) => store.put(value));
  }

  remove(name, key) {
    return this.changed(name, (store) => store.delete(key));
  }
}

// Everything of one survey on this device; the answers that were not sent too.
export async function wipe(store) {
  store.database.close();
  await promised(indexedDB.deleteDatabase(PREFIX + store.code));
  const editions = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}${store.code}:`));
  await Promise.all(editions.map((name) => caches.delete(name)));
  const registration = await navigator.serviceWorker.getRegistration();
  await registration?.unregister();
}

// The keys of officers of all surveys, when somebody signs out: their answers stay, closed.
export async function forgetOfficers() {
  const here = (await indexedDB.databases?.()) ?? [];
  for (const { name } of here.filter((each) => each.name.startsWith(PREFIX))) {
    const store = await openStore(name.slice(PREFIX.length));
    for (const { owner } of await store.all("keys")) {
      if (owner) {
        await store.remove("keys", owner);
      }
    }
    store.database.close();
  }
}
