// What an expression is worth, given the answers. The trees come from soyol.surveys.rules.carrying.
import { Exact, NAN, add, divide, multiply, negative, subtract, whole } from "./exact.js";
import { compare, cut, floor, rest } from "./compare.js";
import { day, equal, number, split, textOf, tidy, truth } from "./values.js";

// A pattern that only the server tries.
export class Unsure extends Error {}

const ORDER = {
  "<": (n) => n < 0,
  "<=": (n) => n <= 0,
  ">": (n) => n > 0,
  ">=": (n) => n >= 0,
};
const SUMS = { "+": add, "-": subtract, "*": multiply, div: divide, mod: rest };

const listed = (value) => (Array.isArray(value) ? value : [value]);

function sum(value) {
  return listed(value).reduce((all, each) => (textOf(each) ? add(all, number(each)) : all), whole(0));
}

// Halves go up: 2.5 is 3 and -2.5 is -2.
function round(value, places = whole(0)) {
  const [exact, digits] = [number(value), number(places)];
  const near = digits.isFinite && compare(digits, whole(20)) <= 0 && compare(digits, whole(-20)) >= 0;
  if (!exact.isFinite || !near) {
    return NAN;
  }
  const power = Number(cut(digits).signed(0));
  const step = new Exact(false, 1n, -power);
  return multiply(floor(add(divide(exact, step), new Exact(false, 5n, -1))), step);
}

const PLAIN = {
  selected: (chosen, one) => split(textOf(chosen)).includes(tidy(textOf(one))),
  "count-selected": (chosen) => whole(split(textOf(chosen)).length),
  coalesce: (first, second) => (textOf(first) ? first : second),
  "string-length": (value) => whole([...textOf(value)].length),
  contains: (value, piece) => textOf(value).includes(textOf(piece)),
  "starts-with": (value, piece) => textOf(value).startsWith(textOf(piece)),
  date: (value) => day(value) ?? "",
  count: (value) => whole(listed(value).filter((each) => textOf(each)).length),
  sum,
  concat: (...values) => values.flatMap(listed).map(textOf).join(""),
  string: textOf,
  number,
  int: (value) => cut(number(value)),
  round,
  not: (value) => !truth(value),
  true: () => true,
  false: () => false,
};

const CALLS = {
  // The other branch is not looked at.
  if: ([condition, a, b], around) => worth(truth(worth(condition, around)) ? a : b, around),
  once: ([value], around) => (textOf(around.this()) ? around.this() : worth(value, around)),
  today: (_none, around) => around.today,
  position: (_none, around) => whole(around.position()),
};

function operation({ sign, left, right }, around) {
  if (sign === "and" || sign === "or") {
    const first = truth(worth(left, around));
    return first === (sign === "and") ? truth(worth(right, around)) : first;
  }
  const [one, other] = [worth(left, around), worth(right, around)];
  if (sign === "=" || sign === "!=") {
    return equal(one, other) === (sign === "=");
  }
  const [a, b] = [number(one), number(other)];
  return sign in ORDER ? ORDER[sign](compare(a, b)) : SUMS[sign](a, b);
}

const KINDS = {
  number: (node) => Exact.of(node.value),
  text: (node) => node.value,
  answer: (node, around) => around.answer(node.name),
  column: (node, around) => around.column(node.name),
  this: (_node, around) => around.this(),
  place: (_node, around) => String(around.position()),
  negative: (node, around) => negative(number(worth(node.of, around))),
  operation,
  call: (node, around) =>
    node.name in CALLS
      ? CALLS[node.name](node.arguments, around)
      : PLAIN[node.name](...node.arguments.map((each) => worth(each, around))),
  pattern: (node, around) => {
    if (!node.pattern) {
      throw new Unsure();
    }
    return new RegExp(node.pattern, "u").test(textOf(worth(node.of, around)));
  },
};

export const worth = (node, around) => KINDS[node.is](node, around);
export const holds = (node, around) => !node || truth(worth(node, around));
