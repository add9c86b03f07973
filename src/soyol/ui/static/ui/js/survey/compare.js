// What else is done with exact decimals: compared, cut to whole numbers, divided with a rest, written.
import { Exact, NAN, add, whole } from "./exact.js";

const LIMIT = 10n ** 34n;

const abs = (n) => (n < 0n ? -n : n);

// Below, equal or above: -1, 0, 1; NaN where one is no number.
export function compare(a, b) {
  if (a.special === "NaN" || b.special === "NaN") {
    return NaN;
  }
  if (!a.isFinite || !b.isFinite) {
    const size = (each) => (each.isFinite ? 0 : each.minus ? -1 : 1);
    return Math.sign(size(a) - size(b));
  }
  const power = Math.min(a.power, b.power);
  const [one, other] = [a.signed(power), b.signed(power)];
  return one < other ? -1 : one > other ? 1 : 0;
}

// Without its fraction.
export function cut(a) {
  if (!a.isFinite || a.power >= 0) {
    return a;
  }
  return new Exact(a.minus, a.digits / 10n ** BigInt(-a.power), 0);
}

export function floor(a) {
  const near = cut(a);
  return a.isFinite && a.minus && compare(near, a) !== 0 ? add(near, whole(-1)) : near;
}

// The rest has the sign of what was divided.
export function rest(a, b) {
  if (!a.isFinite || b.special === "NaN" || b.isNought) {
    return NAN;
  }
  if (!b.isFinite) {
    return add(a, whole(0));
  }
  const power = Math.min(a.power, b.power);
  const [one, other] = [abs(a.signed(power)), abs(b.signed(power))];
  return one / other >= LIMIT ? NAN : add(new Exact(a.minus, one % other, power), whole(0));
}

// Without an exponent and without noughts at the end.
export function figures(a) {
  if (!a.isFinite) {
    return a.special === "NaN" ? "NaN" : a.minus ? "-Infinity" : "Infinity";
  }
  if (a.digits === 0n) {
    return "0";
  }
  const digits = a.digits.toString();
  if (Math.abs(digits.length - 1 + a.power) > 200) {
    return "NaN"; // nobody's answer
  }
  const point = Math.max(0, -a.power);
  const all = (digits + "0".repeat(Math.max(0, a.power))).padStart(point + 1, "0");
  const part = all.slice(all.length - point).replace(/0+$/, "");
  const plain = point ? all.slice(0, all.length - point) + (part ? `.${part}` : "") : all;
  return (a.minus ? "-" : "") + plain;
}
