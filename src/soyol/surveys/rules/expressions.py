"""The part of XPath that questionnaires are written with, from text to tree; what is not understood is refused.

``${name}`` is an answer, ``.`` the answer to this very question, ``..`` its place (for ``position(..)`` only), and a
bare name a column of the choices (in a choice filter only). No clock, no answers: ``evaluating`` says what a tree is
worth.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

#: Longest text and deepest nesting of one expression; both far beyond what a person writes.
LONGEST, DEEPEST = 4_000, 60

#: Function → fewest and most arguments (None: any number). ``docs/reference/surveys.md`` says what each does.
FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "selected": (2, 2),
    "count-selected": (1, 1),
    "if": (3, 3),
    "coalesce": (2, 2),
    "string-length": (1, 1),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "regex": (2, 2),
    "today": (0, 0),
    "date": (1, 1),
    "position": (1, 1),
    "count": (1, 1),
    "sum": (1, 1),
    "concat": (1, None),
    "string": (1, 1),
    "number": (1, 1),
    "int": (1, 1),
    "round": (1, 2),
    "not": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "once": (1, 1),
}


class NotUnderstood(ValueError):
    """An expression outside of what is understood: ``code`` of the reason, ``piece`` of the text, ``at`` from 1."""

    def __init__(self, code: str, piece: str, at: int) -> None:
        super().__init__(f"{code}: {piece!r} at {at}")
        self.code, self.piece, self.at = code, piece, at


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text as written."""

    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Answer:
    """``${name}``: what was answered there; of a repeat its rounds, of a question in another repeat all its answers."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name: a column of the choice that is being looked at."""

    name: str


@dataclass(frozen=True, slots=True)
class This:
    """``.``: the answer that is being checked."""


@dataclass(frozen=True, slots=True)
class Place:
    """``..``: the group or round that the question stands in."""


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus before a value."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values and what is between them."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of ``FUNCTIONS`` with its arguments."""

    name: str
    arguments: "tuple[Node, ...]"


Node = Literal | Answer | Column | This | Place | Negative | Operation | Call

_NAME = r"[A-Za-z_][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<answer>\$\{{\s*{_NAME}\s*\}})
  | (?P<number>\d{{1,30}}(?:\.\d{{0,30}})?|\.\d{{1,30}})
  | (?P<text>'[^']*'|"[^"]*")
  | (?P<place>\.\.(?!/))
  | (?P<this>\.(?![\w./]))
  | (?P<sign><=|>=|!=|[=<>+\-*(),])
  | (?P<name>{_NAME})
)""",
    re.VERBOSE | re.ASCII,
)
#: Operators from the weakest to the strongest.
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
#: How keyboards and word processors write quotes.
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of an expression. Raises ``NotUnderstood``."""
    if len(text) > LONGEST:
        raise NotUnderstood("too_long", text[:20], 1)
    return _Parser(list(_tokens(text.translate(_QUOTES)))).whole()


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            rest = text[at:].lstrip()
            raise NotUnderstood("sign", rest[:12], len(text) - len(rest) + 1)
        yield _Token(found.lastgroup, found.group(found.lastgroup), found.start(found.lastgroup) + 1)
        at = found.end()
    yield _Token("end", "", len(text) + 1)


class _Parser:
    """Precedence by climbing: each level reads the next stronger one on both sides."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.next
        self.at += 1
        return token

    def whole(self) -> Node:
        if self.next.kind == "end":
            raise NotUnderstood("empty", "", 1)
        node = self.level(0)
        if self.next.kind != "end":
            raise NotUnderstood("unexpected", self.next.text, self.next.at)
        return node

    def level(self, number: int) -> Node:
        if number == len(_LEVELS):
            return self.negative()
        node = self.level(number + 1)
        while self.next.kind in {"sign", "name"} and self.next.text in _LEVELS[number]:
            sign = self.take().text
            node = Operation(sign, node, self.level(number + 1))
        return node

    def negative(self) -> Node:
        if self.next.text == "-" and self.next.kind == "sign":
            self.take()
            return self.deeper(lambda: Negative(self.negative()))
        return self.single()

    def single(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return Literal(Decimal(token.text))
        if token.kind == "text":
            return Literal(token.text[1:-1])
        if token.kind == "answer":
            return Answer(token.text[2:-1].strip())
        if token.kind in {"this", "place"}:
            return This() if token.kind == "this" else Place()
        if token.kind == "name":
            return self.call(token) if self.next.text == "(" else self.column(token)
        if token.text == "(":
            node = self.deeper(lambda: self.level(0))
            self.close(token)
            return node
        raise NotUnderstood("ends" if token.kind == "end" else "unexpected", token.text, token.at)

    def column(self, token: _Token) -> Node:
        if token.text in {"and", "or", "div", "mod"}:
            raise NotUnderstood("unexpected", token.text, token.at)
        return Column(token.text)

    def call(self, token: _Token) -> Node:
        if token.text not in FUNCTIONS:
            raise NotUnderstood("function", token.text, token.at)
        opened = self.take()
        arguments: list[Node] = []
        while self.next.text != ")" or self.next.kind != "sign":
            if arguments and self.take().text != ",":
                raise NotUnderstood("unexpected", self.tokens[self.at - 1].text, self.tokens[self.at - 1].at)
            arguments.append(self.deeper(lambda: self.level(0)))
        self.close(opened)
        fewest, most = FUNCTIONS[token.text]
        if len(arguments) < fewest or (most is not None and len(arguments) > most):
            raise NotUnderstood("arguments", token.text, token.at)
        return Call(token.text, tuple(arguments))

    def close(self, opened: _Token) -> None:
        if self.take().text != ")":
            raise NotUnderstood("open", opened.text, opened.at)

    def deeper(self, read: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("too_deep", self.next.text, self.next.at)
        node = read()
        self.depth -= 1
        return node


def parts(node: Node) -> Iterator[Node]:
    """The tree and everything in it, from the top."""
    yield node
    match node:
        case Negative(of):
            yield from parts(of)
        case Operation(_, left, right):
            yield from parts(left)
            yield from parts(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from parts(argument)
        case _:
            pass


def names_in(text: str) -> frozenset[str]:
    """The questions that an expression asks for; none of an empty one. Raises ``NotUnderstood``."""
    return frozenset(each.name for each in parts(parse(text)) if isinstance(each, Answer)) if text else frozenset()
