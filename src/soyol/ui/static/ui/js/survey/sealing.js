// Answers are closed by AES-GCM, each bound to its id. People's own key is made here and never leaves the browser; that of
// an officer comes from the server while they are signed in, so that the device can forget it and nothing is lost.
const DAYS = 7;
const PUBLIC = "";
const KIND = "AES-GCM";

const bytes = (text) => new TextEncoder().encode(text);

// The key that opens the answers of somebody, or null where it is not on this device (any more).
export async function keyOf(store, owner) {
  const found = await store.get("keys", owner);
  if (found?.until && found.until < Date.now()) {
    await store.remove("keys", owner);
    return null;
  }
  return found ? found.key : owner === PUBLIC ? made(store) : null;
}

async function made(store) {
  const key = await crypto.subtle.generateKey({ name: KIND, length: 256 }, false, ["encrypt", "decrypt"]);
  await store.put("keys", { owner: PUBLIC, key });
  return key;
}

// Opens the answers of the officer who is signed in, and closes those of any other; keeps on what authority they write.
export async function letIn(store, officer, authority = null) {
  for (const { owner } of await store.all("keys")) {
    if (owner && owner !== officer.id) {
      await store.remove("keys", owner);
    }
  }
  const before = await store.get("keys", officer.id);
  const raw = Uint8Array.from(atob(officer.key), (sign) => sign.charCodeAt(0));
  const key = before?.key ?? (await crypto.subtle.importKey("raw", raw, KIND, false, ["encrypt", "decrypt"]));
  const until = Date.now() + DAYS * 86_400_000;
  const told = authority ?? before?.authority ?? "";
  await store.put("keys", { owner: officer.id, key, until, name: officer.name, authority: told });
}

// The officer whose answers are open, if there is one.
export async function officerHere(store) {
  const found = (await store.all("keys")).find(({ owner }) => owner !== PUBLIC);
  return found && (await keyOf(store, found.owner)) ? found : null;
}

export async function close(key, id, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const way = { name: KIND, iv, additionalData: bytes(id) };
  return { iv, data: await crypto.subtle.encrypt(way, key, bytes(JSON.stringify(content))) };
}

export async function open(key, id, sealed) {
  const way = { name: KIND, iv: sealed.iv, additionalData: bytes(id) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(way, key, sealed.data)));
}

// A secret and the id that belongs to it: whoever has the secret can show that the id is theirs. As rules.devices.
export async function identity() {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const told = new Uint8Array(await crypto.subtle.digest("SHA-256", secret)).slice(0, 16);
  told[6] = (told[6] & 0x0f) | 0x80;
  told[8] = (told[8] & 0x3f) | 0x80;
  const figures = (each) => [...each].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = figures(told).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { id, secret: figures(secret) };
}
