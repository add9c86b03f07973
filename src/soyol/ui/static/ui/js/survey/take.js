// <div data-take> on the page of the site: takes a survey along, and says where a browser or a device cannot.
import { openStore } from "./store.js";

// What a browser must have; without one of these nothing would be kept safely.
const able = () =>
  window.isSecureContext && navigator.serviceWorker && navigator.locks && window.indexedDB && window.crypto?.subtle && window.BroadcastChannel;

function active(registration) {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated") {
        resolve();
      } else if (worker.state === "redundant") {
        reject(new Error("the files were not to be had"));
      }
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

async function take({ worker, scope, code, device }) {
  const store = await openStore(code);
  store.database.close();
  await active(await navigator.serviceWorker.register(worker, { type: "module", scope, updateViaCache: "none" }));
  await navigator.storage?.persist?.();
  window.location.assign(device);
}

function start(place) {
  const tell = (name) => {
    for (const element of place.querySelectorAll("[data-take-says]")) {
      element.hidden = element.dataset.takeSays !== name;
    }
  };
  const button = place.querySelector("button");
  if (!able()) {
    tell("unable");
    return;
  }
  tell("ready");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    tell("taking");
    try {
      await take(place.dataset);
    } catch (why) {
      button.disabled = false;
      tell(why.name === "QuotaExceededError" ? "full" : navigator.onLine ? "failed" : "offline");
    }
  });
}

const place = document.querySelector("[data-take]");
if (place) {
  start(place);
}
