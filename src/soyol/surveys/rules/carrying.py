"""A form as a device without a network takes it along: the same questions, with every condition as a tree.

The device counts as ``evaluating`` does (``ui/js/survey`` holds the other half, and one table of tests both), so that
no form can say anything there which it does not say here. A pattern that a browser cannot try safely is left out of a
constraint; where anything else hangs on one, the form cannot be taken along.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from soyol.surveys.rules.evaluating import text_of
from soyol.surveys.rules.expressions import Answer, Call, Column, Literal, Negative, Node, Operation, This, parse, parts
from soyol.surveys.rules.forms import Form, Item
from soyol.surveys.rules.patterns import for_browsers
from soyol.surveys.rules.taking import precision

Told = dict[str, Any]
#: Columns that hold conditions.
COUNTED = ("relevant", "constraint", "required", "calculation", "choice_filter")
#: What a question says of itself as it stands in the form.
SAID = ("labels", "hints", "constraint_words", "required_words", "default", "appearance", "choices")


@dataclass(frozen=True, slots=True)
class Unable:
    """A condition that a device cannot count: in which row and column, and the piece."""

    line: int
    column: str
    name: str
    piece: str


def carried(form: Form) -> Told:
    """The form as data for a device; empty parts are left out."""
    return {
        "code": form.code,
        "version": form.version,
        "titles": dict(form.titles),
        "languages": list(form.languages),
        "items": [_item(item) for item in form.items],
        "steps": [{"name": step.name, "items": [item.name for item in step.items]} for step in form.steps],
        "choices": {name: [_choice(each) for each in told] for name, told in form.choices.items()},
    }


def unable(form: Form) -> list[Unable]:
    """Why a form cannot be taken along; nothing where it can."""
    return [
        Unable(placed.item.line, column, placed.item.name, piece)
        for placed in form.placed.values()
        for column, text in placed.item.conditions()
        if column != "constraint"
        for piece in _beyond(parse(text))
    ]


def _beyond(tree: Node) -> Iterator[str]:
    """The patterns of a tree that only the server tries."""
    for each in parts(tree):
        if isinstance(each, Call) and each.name == "regex" and _pattern(each) is None:
            told = each.arguments[1]
            yield str(told.value) if isinstance(told, Literal) else each.name


def _pattern(call: Call) -> str | None:
    told = call.arguments[1]
    return for_browsers(str(told.value)) if isinstance(told, Literal) else None


def _choice(choice: Any) -> Told:
    told = {"name": choice.name, "labels": dict(choice.labels), "columns": dict(choice.columns)}
    return {name: value for name, value in told.items() if value}


def _item(item: Item) -> Told:
    told: Told = {"kind": item.kind, "name": item.name, "type": item.type, "is_asked": item.is_asked}
    told |= {name: getattr(item, name) for name in SAID}
    told |= {name: tree_of(parse(text)) for name, text in item.conditions()}
    told["precision"] = precision(item) if item.type == "date" else ""
    told["telephone"] = item.field == "phone"
    told["items"] = [_item(each) for each in item.items]
    return {name: value for name, value in told.items() if value}


def tree_of(node: Node) -> Told:
    """A tree as data: ``is`` says of what kind each node is."""
    match node:
        case Negative(of):
            return {"is": "negative", "of": tree_of(of)}
        case Operation(sign, left, right):
            return {"is": "operation", "sign": sign, "left": tree_of(left), "right": tree_of(right)}
        case Call("regex", (of, _)):
            return {"is": "pattern", "of": tree_of(of), "pattern": _pattern(node)}
        case Call(name, arguments):
            return {"is": "call", "name": name, "arguments": [tree_of(each) for each in arguments]}
        case _:
            return _leaf(node)


def _leaf(node: Node) -> Told:
    match node:
        case Literal(value):
            kind = "number" if isinstance(value, Decimal) else "text"
            return {"is": kind, "value": text_of(value)}
        case Answer(name) | Column(name):
            return {"is": "answer" if isinstance(node, Answer) else "column", "name": name}
        case _:
            return {"is": "this" if isinstance(node, This) else "place"}
