// Says name and size of the chosen file in <output data-file-for="id">, and refuses early what the server would refuse:
// <input type="file" data-most="bytes" data-too-large="words">.
function size(bytes) {
  const steps = ["B", "kB", "MB", "GB"];
  let n = bytes;
  let step = 0;
  while (n >= 1000 && step < steps.length - 1) {
    n /= 1000;
    step += 1;
  }
  return `${n.toFixed(step ? 1 : 0)} ${steps[step]}`;
}

function describe(input, output) {
  const file = input.files[0];
  const tooLarge = Boolean(file && input.dataset.most && file.size > Number(input.dataset.most));
  input.setCustomValidity(tooLarge ? input.dataset.tooLarge : "");
  if (output) {
    output.textContent = file ? `${file.name} · ${size(file.size)}` : "";
  }
}

export function nameFiles(root) {
  for (const input of root.querySelectorAll('input[type="file"]:not([data-ready])')) {
    input.dataset.ready = "";
    const output = document.querySelector(`[data-file-for="${input.id}"]`);
    input.addEventListener("change", () => describe(input, output));
  }
}
