"""Patterns of a form for the engine of a browser, which writes some signs otherwise and may run for ever.

Only what means the same in both is translated. Whatever else is left to the server, which judges every answer anyway.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: Escapes that mean more there than in a browser: any script's digits, letters and spaces.
_KINDS = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}",
    "s": r"\p{White_Space}",
    "S": r"\P{White_Space}",
    "n": r"\n",
    "r": r"\r",
    "t": r"\t",
}
#: Properties of letters that have one name in both; scripts have another one in a browser.
_PROPERTIES = ("L", "Lu", "Ll", "M", "N", "Nd", "P", "Z")
_SCRIPTS = ("Cyrillic", "Latin", "Mongolian")
_SIGNS = frozenset(r"^$\.*+?()[]{}|/")
_COUNT = re.compile(r"\{(\d{1,3})(,(\d{1,3})?)?\}", re.ASCII)
_PROPERTY = re.compile(r"p(?:([A-Z])|\{(\w{1,20})\})", re.ASCII)


class _Other(ValueError):
    """A piece that does not mean the same in a browser, or that could run for ever there."""


def for_browsers(pattern: str) -> str | None:
    """The pattern of the whole text as browsers write it (with their flag ``u``), or None where only the server knows.

    >>> for_browsers(r"[А-ЯӨҮ]{2}\\d{8}")
    '^(?:[А-ЯӨҮ]{2}\\\\p{Nd}{8})$'
    """
    try:
        return f"^(?:{_Reader(pattern).whole()})$"
    except _Other:
        return None


@dataclass
class _Reader:
    """Reads a pattern from left to right. ``open_ended``: whether what was just read can match in many ways."""

    text: str
    at: int = 0
    depth: int = 0

    def whole(self) -> str:
        told, _many = self.choice()
        if self.at < len(self.text):
            raise _Other
        return told

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        sign = self.peek()
        if not sign:
            raise _Other
        self.at += 1
        return sign

    def choice(self) -> tuple[str, bool]:
        """Branches up to the end or the closing bracket, and whether there is more than one way through them."""
        self.depth += 1
        if self.depth > 20:
            raise _Other
        branches, many = [""], False
        while self.peek() not in {"", ")"}:
            if self.peek() == "|":
                self.at += 1
                branches.append("")
                many = True
                continue
            told, repeats = self.piece()
            branches[-1] += told
            many = many or repeats
        self.depth -= 1
        return "|".join(branches), many

    def piece(self) -> tuple[str, bool]:
        """One sign, class or group with what stands behind it."""
        told, many = self.single()
        count = self.count()
        if count and many and count != "?":
            raise _Other  # ways within ways: a browser might try all of them
        lazy = "?" if count and self.peek() == "?" else ""
        self.at += len(lazy)
        if count and self.peek() in {"*", "+", "?", "{"}:
            raise _Other
        return told + count + lazy, many or count in {"*", "+"} or "," in count

    def count(self) -> str:
        found = _COUNT.match(self.text, self.at)
        told = found.group() if found else self.peek() if self.peek() in {"*", "+", "?"} else ""
        self.at += len(told)
        return told

    def single(self) -> tuple[str, bool]:
        readers: dict[str, Callable[[], tuple[str, bool]]] = {"(": self.group, "[": self.class_}
        sign = self.take()
        if sign in readers:
            return readers[sign]()
        if sign in {"^", "$"}:
            return sign, False
        if sign == ".":
            return r"[^\n]", False
        if sign == "\\":
            told = self.escape()
            return (f"[{told}]" if told.count("\\") > 1 else told), False
        if sign in _SIGNS - {"/"}:
            raise _Other
        return _plain(sign), False

    def group(self) -> tuple[str, bool]:
        if self.peek() == "?" and self.text[self.at : self.at + 2] != "?:":
            raise _Other
        self.at += 2 if self.peek() == "?" else 0
        told, many = self.choice()
        if self.take() != ")":
            raise _Other
        return f"(?:{told})", many

    def escape(self) -> str:
        found = _PROPERTY.match(self.text, self.at)
        if found:
            self.at = found.end()
            name = found.group(1) or found.group(2)
            if name in _PROPERTIES:
                return rf"\p{{{name}}}"
            if name in _SCRIPTS:
                return rf"\p{{Script={name}}}"
            raise _Other
        sign = self.take()
        if sign in _KINDS:
            return _KINDS[sign]
        if sign.isalnum() or not sign.isascii():
            raise _Other
        return _plain(sign)

    def class_(self) -> tuple[str, bool]:
        told = "["
        if self.peek() == "^":
            self.at += 1
            told += "^"
        pieces = list(self.members())
        if not pieces:
            raise _Other
        return told + "".join(pieces) + "]", False

    def members(self) -> Iterator[str]:
        """What stands in square brackets; sets within sets are left to the server."""
        while (sign := self.take()) != "]":
            if sign == "[" or self.text[self.at - 1 : self.at + 1] in {"&&", "--", "~~"}:
                raise _Other
            if sign == "\\":
                yield self.escape().replace("-", r"\-")
            elif sign == "-":
                yield "-" if self.is_between() else r"\-"
            else:
                yield _plain(sign)

    def is_between(self) -> bool:
        """Whether the hyphen that was just read stands between two plain signs, and so is a range."""
        before, after = self.text[self.at - 2], self.peek()
        if after in {"", "]"} or before in {"[", "^"}:
            return False
        if after == "\\" or self.text[self.at - 3 : self.at - 2] == "\\" or not (before.isalnum() and after.isalnum()):
            raise _Other
        return True


def _plain(sign: str) -> str:
    return f"\\{sign}" if sign in _SIGNS else sign
