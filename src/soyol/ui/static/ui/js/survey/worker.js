// Answers without a network for the pages of one survey on this device, and for nothing else of the site. An edition is
// kept whole or not at all, and the one before leaves only then.
import { openStore } from "./store.js";
import { sendAll } from "./outbox.js";

const EDITION = "X-Soyol-Edition";

// Each page says of which edition it is: one that is not of ours came in between, and the next try takes that one.
async function fetched(address, edition) {
  const answer = await fetch(address, { credentials: "omit", cache: address.startsWith("/static/") ? "default" : "reload" });
  if (!answer.ok || (answer.headers.get(EDITION) ?? edition) !== edition) {
    throw new Error(`${address} is not to be had`);
  }
  return answer;
}

async function takeAlong(name, { addresses, edition }) {
  const cache = await caches.open(name);
  try {
    const answers = await Promise.all(addresses.map((address) => fetched(address, edition)));
    await Promise.all(answers.map((answer, n) => cache.put(addresses[n], answer)));
  } catch (why) {
    await caches.delete(name);
    throw why;
  }
}

async function leaveOthers(prefix, name) {
  const others = (await caches.keys()).filter((each) => each.startsWith(prefix) && each !== name);
  await Promise.all(others.map((each) => caches.delete(each)));
}

export function serve(parcel) {
  const prefix = `soyol-survey-${parcel.code}:`;
  const name = prefix + parcel.edition;
  const kept = new Set(parcel.addresses);
  const held = async (address) => (await caches.open(name)).match(address, { ignoreVary: true });
  const answered = async (request, address) => (await held(address)) ?? fetch(request);

  self.addEventListener("install", (event) => {
    event.waitUntil(takeAlong(name, parcel).then(() => self.skipWaiting()));
  });
  self.addEventListener("activate", (event) => {
    event.waitUntil(leaveOthers(prefix, name).then(() => self.clients.claim()));
  });
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) {
      return;
    }
    if (kept.has(pathname)) {
      event.respondWith(answered(request, pathname));
    } else if (request.mode === "navigate") {
      event.respondWith(fetch(request).catch(() => held(parcel.first)));
    }
  });
  // Where the browser tells of a network that came back while no page is open; what throws is tried again.
  const send = async () => {
    const done = await sendAll(await openStore(parcel.code), parcel.sync);
    if (done.why === "network") {
      throw new Error("the network went away again");
    }
  };
  self.addEventListener("sync", (event) => event.waitUntil(send()));
}
