// One set of answers to the survey of makers, sent ten times at once past the locks of the page: status and number of each.
async ({ code }) => {
  const address = `/surveys/${code}/sync/`;
  const { token } = await (await fetch(address)).json();
  const secret = "ab".repeat(32);
  const raw = new Uint8Array(secret.match(/../g).map((each) => parseInt(each, 16)));
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", raw)).slice(0, 16);
  sum[6] = (sum[6] & 15) | 128;
  sum[8] = (sum[8] & 63) | 128;
  const figures = [...sum].map((each) => each.toString(16).padStart(2, "0")).join("");
  const id = figures.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const form = await (await fetch(document.querySelector("[data-survey]").dataset.form)).json();
  const walk = (items) => items.flatMap((each) => [each, ...walk(each.items ?? [])]);
  const choices = (name) => form.choices[walk(form.items).find((each) => each.name === name).choices];
  const province = choices("province")[0].name;
  const district = choices("district").find((each) => Object.values(each.columns).includes(province)).name;
  const domain = choices("domain")[0].name;
  const who = { informed: "OK", kind: "person", given_name: "Ten Times", phone: "10123456" };
  const answers = { ...who, province, district, domain, consent: "no" };
  const told = { instance_id: id, secret, version: form.version, answers, edited_at: new Date().toISOString() };
  const body = JSON.stringify({ ...told, language: "en" });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const all = await Promise.all(Array.from({ length: 10 }, () => fetch(address, { method: "POST", headers, body })));
  return Promise.all(all.map(async (each) => [each.status, (await each.json()).number]));
};
