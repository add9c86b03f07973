"""Whether a condition can ever be true. Where that cannot be told for sure, it can.

Values that stand for all others are tried: each choice, each number that a condition compares with, the numbers beside
and between them. A part of a condition that compares in another way counts as possibly true and possibly false, so
that nothing is refused that somebody could answer.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from soyol.surveys.rules.evaluating import Value, number, truth, worth_of
from soyol.surveys.rules.expressions import Answer, Call, Literal, Negative, Node, Operation, This, parse, parts
from soyol.surveys.rules.forms import OK, Form, Item

#: Sets of answers that are tried for one condition; beyond it, it counts as possible.
MOST = 20_000
#: The question itself among the names of others.
OWN = "."
BOTH = frozenset({True, False})
Truths = frozenset[bool]


def can_be_seen(form: Form, conditions: Sequence[str]) -> bool:
    """Whether all ``conditions`` (of a question and of what it stands in) can be true at once."""
    return _possible(form, [parse(text) for text in conditions if text], None)


def can_hold(form: Form, item: Item) -> bool:
    """Whether the constraint of ``item`` can be true for some answer to it."""
    return _possible(form, [parse(item.constraint)], item) if item.constraint else True


def _possible(form: Form, trees: list[Node], own: Item | None) -> bool:
    values: dict[str, list[str]] = {}
    constants = [each.value for tree in trees for each in parts(tree) if isinstance(each, Literal)]
    for name in sorted({name for tree in trees for name in _asked(tree)}):
        item = own if name == OWN else form.placed[name].item
        tried = _values(form, item, constants, answered=name == OWN) if item is not None else None
        if tried is not None:
            values[name] = tried
    tries = 1
    for each in values.values():
        tries *= max(1, len(each))
    if tries > MOST:
        return True
    return any(
        all(True in _truths(tree, _Tried(dict(zip(values, one, strict=True)))) for tree in trees)
        for one in itertools.product(*values.values())
    )


def _asked(tree: Node) -> Iterator[str]:
    for each in parts(tree):
        if isinstance(each, Answer):
            yield each.name
        elif isinstance(each, This):
            yield OWN


def _values(form: Form, item: Item, constants: Sequence[Decimal | str], *, answered: bool) -> list[str] | None:
    """Answers to ``item`` that stand for all; None where none do."""
    none = [] if answered else [""]
    if item.type == "select_one":
        return none + [each.name for each in form.choices.get(item.choices, ())]
    if item.type == "acknowledge":
        return [*none, OK]
    if item.type in {"integer", "decimal"}:
        found = sorted({number(each) for each in constants if not number(each).is_nan()} | {Decimal(0)})
        beside = {each + step for each in found for step in (-1, 0, 1)}
        if item.type == "decimal":
            beside |= {(one + other) / 2 for one, other in itertools.pairwise(found)}
        whole = [each for each in sorted(beside) if item.type == "decimal" or each == each.to_integral_value()]
        return none + [format(each, "f") for each in whole]
    return None


@dataclass(frozen=True, slots=True)
class _Tried:
    """One set of answers; a question that is not in it may have been answered in any way."""

    answers: Mapping[str, str]
    today: dt.date = dt.date(2000, 1, 1)

    def answer(self, name: str) -> Value:
        return self.answers[name]

    def this(self) -> Value:
        return self.answers[OWN]

    def column(self, name: str) -> str:
        raise KeyError(name)

    def position(self) -> int:
        raise KeyError("..")


def _truths(tree: Node, tried: _Tried) -> Truths:
    """The truths that a condition can have under the answers tried."""
    match tree:
        case Operation("and", left, right):
            one, other = _truths(left, tried), _truths(right, tried)
            return frozenset(a and b for a in one for b in other)
        case Operation("or", left, right):
            one, other = _truths(left, tried), _truths(right, tried)
            return frozenset(a or b for a in one for b in other)
        case Call("not", (of,)):
            return frozenset(not each for each in _truths(of, tried))
        case _ if _is_sure(tree, tried):
            return frozenset({truth(worth_of(tree, tried))})
        case _:
            return BOTH


def _is_sure(tree: Node, tried: _Tried) -> bool:
    """Whether the part compares one answer that is tried with something written down, or asks for nothing at all.

    Sums of two answers are not: the values tried stand for all only where each is compared by itself.
    """
    asked = set(_asked(tree))
    if not asked <= set(tried.answers) or len(asked) > 1:
        return False
    inner = list(parts(tree))
    if any(isinstance(each, Call) and each.name not in {"selected", "true", "false"} for each in inner):
        return False
    if not asked:
        return all(isinstance(each, Literal | Operation | Negative | Call) for each in inner)
    return not any(isinstance(each, Operation) and each.sign in {"+", "-", "*", "div", "mod"} for each in inner)
