// Numbers as exact decimals of 34 digits, as soyol.surveys.rules.evaluating counts: halves go to the even neighbour,
// what cannot be counted is "not a number" or infinity, never an error.
const MOST = 34;
const LIMIT = 10n ** BigInt(MOST);

const ten = (power) => 10n ** BigInt(power);

export class Exact {
  // minus: below nought; digits: a whole number from 0; power: of ten; special: "", "NaN" or "Infinity"
  constructor(minus, digits, power, special = "") {
    Object.assign(this, { minus, digits, power, special });
  }

  static of(text) {
    const [, minus, whole, part = ""] = /^(-?)(\d*)\.?(\d*)$/.exec(text);
    return new Exact(minus === "-", BigInt(`0${whole}${part}`), -part.length);
  }

  get isFinite() {
    return this.special === "";
  }

  get isNought() {
    return this.isFinite && this.digits === 0n;
  }

  // The whole number of this, as if 10 ** power were its unit.
  signed(power) {
    return (this.minus ? -this.digits : this.digits) * ten(this.power - power);
  }
}

export const NAN = new Exact(false, 0n, 0, "NaN");
export const whole = (n) => new Exact(n < 0, BigInt(Math.abs(n)), 0);
const infinity = (minus) => new Exact(minus, 0n, 0, "Infinity");

function rounded(minus, digits, power) {
  const over = digits.toString().length - MOST;
  if (over <= 0) {
    return new Exact(minus, digits, power);
  }
  const unit = ten(over);
  const rest = digits % unit;
  let kept = digits / unit;
  if (rest * 2n > unit || (rest * 2n === unit && kept % 2n === 1n)) {
    kept += 1n;
  }
  return kept === LIMIT ? new Exact(minus, kept / 10n, power + over + 1) : new Exact(minus, kept, power + over);
}

function summed(a, b, bMinus) {
  if (!a.isFinite || !b.isFinite) {
    const torn = a.special === "Infinity" && b.special === "Infinity" && a.minus !== bMinus;
    return a.special === "NaN" || b.special === "NaN" || torn ? NAN : infinity(a.isFinite ? bMinus : a.minus);
  }
  const power = Math.min(a.power, b.power);
  const sum = a.signed(power) + new Exact(bMinus, b.digits, b.power).signed(power);
  return rounded(sum < 0n || (sum === 0n && a.minus && bMinus), sum < 0n ? -sum : sum, power);
}

export const add = (a, b) => summed(a, b, b.minus);
export const subtract = (a, b) => summed(a, b, !b.minus);
export const negative = (a) => subtract(whole(0), a);

export function multiply(a, b) {
  const minus = a.minus !== b.minus;
  if (!a.isFinite || !b.isFinite) {
    return a.special === "NaN" || b.special === "NaN" || a.isNought || b.isNought ? NAN : infinity(minus);
  }
  return rounded(minus, a.digits * b.digits, a.power + b.power);
}

export function divide(a, b) {
  const minus = a.minus !== b.minus;
  if (a.special === "NaN" || b.special === "NaN" || (!a.isFinite && !b.isFinite) || (a.isNought && b.isNought)) {
    return NAN;
  }
  if (!a.isFinite || b.isNought) {
    return infinity(minus);
  }
  if (!b.isFinite || a.isNought) {
    return new Exact(minus, 0n, 0);
  }
  const shift = Math.max(0, b.digits.toString().length - a.digits.toString().length + MOST + 1);
  const scaled = a.digits * ten(shift);
  let kept = scaled / b.digits;
  if (kept * b.digits !== scaled && kept % 5n === 0n) {
    kept += 1n; // there is more behind: no exact half
  }
  return rounded(minus, kept, a.power - b.power - shift);
}
