// What a person wrote, as the answer that is kept, or the code of the reason why not. As soyol.surveys.rules.taking.
import { Day, split, tidy } from "./values.js";

const LONGEST = 4000;
const DAY = /^(\d{4})[-./ ]+(\d{1,2})[-./ ]+(\d{1,2})\.?$/;
const PATTERNS = {
  day: DAY,
  month: /^(\d{4})[-./ ]+(\d{1,2})\.?(?:[-./ ]+0?1)?\.?$/,
  year: /^(\d{4})\.?(?:[-./ ]+0?1[-./ ]+0?1)?\.?$/,
};

export const CHOSEN = ["select_one", "select_multiple"];
export const OK = "OK";

const told = (text, fault = "") => ({ text, fault });

function number(kind, text) {
  let plain = text.replace(/[\u00a0\u202f ]/g, "").replace(/−/g, "-");
  if (kind === "integer") {
    plain = plain.replace(/\.0+$/, "");
    return /^-?\d{1,15}$/.test(plain) ? told(BigInt(plain).toString()) : told(text, "whole");
  }
  if (plain.split(",").length === 2 && !plain.includes(".")) {
    plain = plain.replace(",", ".");
  }
  return /^-?(?:\d{1,15}(?:\.\d{1,10})?|\.\d{1,10})$/.test(plain) ? told(plain) : told(text, "decimal");
}

function day(exact, text) {
  const found = PATTERNS[exact].exec(text) ?? (exact === "day" ? null : DAY.exec(text));
  const [year, month, date] = [...(found ?? []).slice(1).map(Number), 1, 1, 1];
  const is = found && Day.of(year, month, date);
  return is ? told(is.iso) : told(text, exact);
}

export function taken(item, written) {
  const text = tidy(written.replaceAll("\0", "").replaceAll("\r\n", "\n")).normalize("NFC");
  const signs = [...text];
  if (signs.length > LONGEST) {
    return told(signs.slice(0, LONGEST).join(""), "long");
  }
  if (!text) {
    return told("");
  }
  if (item.type === "acknowledge") {
    return told(OK);
  }
  if (item.type === "integer" || item.type === "decimal") {
    return number(item.type, text);
  }
  if (item.type === "date") {
    return day(item.precision, text);
  }
  return told(CHOSEN.includes(item.type) ? split(text).join(" ") : text);
}
