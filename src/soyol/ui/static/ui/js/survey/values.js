// Answers as values: texts, exact numbers, days, yes or no, lists of these. As soyol.surveys.rules.evaluating.
import { Exact, NAN, whole } from "./exact.js";
import { compare, figures, floor } from "./compare.js";

const DAY_LENGTH = 86_400_000;
const NUMBER = /^[ \t-\r]*-?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})[ \t-\r]*$/;
// What counts as a space here; browsers count a little otherwise.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const BETWEEN = new RegExp(`[${SPACE}]+`);

export const tidy = (text) => text.replace(ENDS, "");
export const split = (text) => tidy(text).split(BETWEEN).filter(Boolean);

export class Day {
  constructor(year, month, day) {
    Object.assign(this, { year, month, day });
  }

  // The day if there is such a one, else null.
  static of(year, month, day) {
    const moment = new Date(Date.UTC(2000, month - 1, day));
    moment.setUTCFullYear(year, month - 1, day);
    const is = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && year >= 1 && year <= 9999;
    return is ? new Day(year, month, day) : null;
  }

  static numbered(n) {
    const moment = new Date(n * DAY_LENGTH);
    return Day.of(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
  }

  get number() {
    const moment = new Date(0);
    moment.setUTCFullYear(this.year, this.month - 1, this.day);
    return Math.round(moment.getTime() / DAY_LENGTH);
  }

  get iso() {
    return [[this.year, 4], [this.month, 2], [this.day, 2]].map(([n, size]) => String(n).padStart(size, "0")).join("-");
  }
}

export function textOf(value) {
  if (Array.isArray(value)) {
    return value.length ? textOf(value[0]) : "";
  }
  if (value instanceof Exact) {
    return figures(value);
  }
  return value instanceof Day ? value.iso : String(value);
}

export function number(value) {
  if (Array.isArray(value)) {
    return value.length ? number(value[0]) : NAN;
  }
  if (value instanceof Exact) {
    return value;
  }
  if (value instanceof Day || typeof value === "boolean") {
    return whole(value instanceof Day ? value.number : Number(value));
  }
  return NUMBER.test(value) ? Exact.of(tidy(value)) : NAN;
}

export function truth(value) {
  if (value instanceof Exact) {
    return value.special !== "NaN" && !value.isNought;
  }
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

export function day(value) {
  if (value instanceof Day) {
    return value;
  }
  if (value instanceof Exact) {
    const near = value.isFinite && value.power + value.digits.toString().length < 9 ? floor(value) : null;
    const n = near && Number(figures(near));
    return near && Math.abs(n) <= 4_000_000 && compare(value, whole(4_000_000)) <= 0 ? Day.numbered(n) : null;
  }
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(tidy(textOf(value)));
  return found ? Day.of(...found.slice(1).map(Number)) : null;
}

// As XPath compares: yes or no before numbers before texts; of many answers one that is equal is enough.
export function equal(one, other) {
  if (Array.isArray(one) || Array.isArray(other)) {
    const [many, single] = Array.isArray(one) ? [one, other] : [other, one];
    return many.some((each) => equal(each, single));
  }
  if (typeof one === "boolean" || typeof other === "boolean") {
    return truth(one) === truth(other);
  }
  const counted = one instanceof Exact || other instanceof Exact;
  return counted ? compare(number(one), number(other)) === 0 : textOf(one) === textOf(other);
}
