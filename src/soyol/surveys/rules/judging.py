"""What rows of a form say of each other: questions that are missing, circles, what nobody can see or answer rightly."""

from collections.abc import Iterator

from soyol.surveys.rules.evaluating import is_pattern
from soyol.surveys.rules.expressions import (
    Answer,
    Call,
    Column,
    Literal,
    Node,
    NotUnderstood,
    Operation,
    Place,
    This,
    parse,
    parts,
)
from soyol.surveys.rules.faults import Fault
from soyol.surveys.rules.forms import CHOSEN, Form, Item, Placed
from soyol.surveys.rules.reach import can_be_seen, can_hold

#: What the question that feeds ``kind`` may answer.
KINDS = ("person", "organisation", "group")
#: Fields of which an entry has one value, so that no repeat can feed them, and those that can have many.
MANY = frozenset({"phone", "email", "website", "contact", "occupation", "domain", "area", "external_id", "note"})


def judge(form: Form) -> list[Fault]:
    """Every fault between rows. A form that has one which is heavy must not be published."""
    faults = [fault for placed in form.placed.values() for fault in _conditions(form, placed)]
    if not faults:  # a tree that was not understood has no circle and reaches nothing
        faults += _circles(form)
    if not any(fault.heavy for fault in faults):
        faults += _reach(form)
    return [*faults, *_fields(form)]


def _conditions(form: Form, placed: Placed) -> Iterator[Fault]:
    for column, text in placed.item.conditions():
        try:
            tree = parse(text)
        except NotUnderstood as why:
            params = {"piece": why.piece, "at": why.at, "reason": why.code}
            yield Fault("expression", "survey", placed.item.line, column, params)
        else:
            yield from _Looked(form, placed, column).faults(tree)


class _Looked:
    """One condition and everything that it names."""

    def __init__(self, form: Form, placed: Placed, column: str) -> None:
        self.form, self.placed, self.column = form, placed, column

    def fault(self, code: str, **params: object) -> Fault:
        return Fault(code, "survey", self.placed.item.line, self.column, dict(params))

    def faults(self, tree: Node) -> Iterator[Fault]:
        places = 0
        for each in parts(tree):
            match each:
                case Answer(name) if name not in self.form.placed:
                    yield self.fault("unknown_question", value=name)
                case Column(name):
                    yield from self.column_fault(name)
                case This() if self.column not in {"constraint", "calculation"}:
                    yield self.fault("this_here")
                case Place():
                    places += 1
                case Call("position", (Place(),)):
                    places -= 1
                    if not self.placed.repeat:
                        yield self.fault("place_here")
                case Call("position", _):
                    yield self.fault("place_here")
                case _:
                    yield from self.literal_fault(each)
        if places:
            yield self.fault("place_here")

    def literal_fault(self, each: Node) -> Iterator[Fault]:
        """Patterns that could run for ever, and choices that are none."""
        match each:
            case Call("regex", (_, Literal(pattern))) if not is_pattern(str(pattern)):
                yield self.fault("pattern", value=str(pattern))
            case Call("selected", (Answer(name), Literal(choice))):
                yield from self.choice_fault(name, str(choice))
            case Operation("=", Answer(name), Literal(choice)) if str(choice):
                yield from self.choice_fault(name, str(choice))
            case _:
                pass

    def column_fault(self, name: str) -> Iterator[Fault]:
        told = self.form.choices.get(self.placed.item.choices, ())
        if self.column != "choice_filter":
            yield self.fault("column_here", value=name)
        elif not any(name in each.columns for each in told):
            yield self.fault("unknown_column", value=name)

    def choice_fault(self, name: str, choice: str) -> Iterator[Fault]:
        asked = self.form.placed.get(name)
        if asked is not None and asked.item.type in CHOSEN and self.form.choice(asked.item, choice) is None:
            yield self.fault("unknown_choice", name=name, value=choice)


def _circles(form: Form) -> Iterator[Fault]:
    """Questions whose being asked, or whose counted value, depends on itself."""
    needs = {name: set(_needed(placed)) for name, placed in form.placed.items()}
    told: set[str] = set()
    for name in needs:
        path = _way_back(name, needs)
        if path and not told & set(path):
            told |= set(path)
            item = form.placed[name].item
            column = "relevant" if item.relevant else "calculation"
            yield Fault("circle", "survey", item.line, column, {"name": name, "through": " → ".join(path)})


def _needed(placed: Placed) -> Iterator[str]:
    item = placed.item
    texts = [item.relevant, item.calculation, item.choice_filter] if item.kind == "question" else [item.relevant]
    for text in filter(None, texts):
        yield from (each.name for each in parts(parse(text)) if isinstance(each, Answer))
    yield from (each.name for each in placed.above[-1:])


def _way_back(start: str, needs: dict[str, set[str]]) -> list[str]:
    """A way from ``start`` to itself, or nothing."""
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in sorted(needs.get(way[-1], ())):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _reach(form: Form) -> Iterator[Fault]:
    hidden: set[str] = set()
    for placed in form.placed.values():
        item = placed.item
        chain = [each.relevant for each in (*placed.above, item)]
        if any(each.name in hidden for each in placed.above):
            continue
        if item.relevant and not can_be_seen(form, _with_theirs(form, chain)):
            hidden.add(item.name)
            yield Fault("never_seen", "survey", item.line, "relevant", {"name": item.name})
        if not can_hold(form, item):
            yield Fault("never_right", "survey", item.line, "constraint", {"name": item.name})


def _with_theirs(form: Form, chain: list[str]) -> list[str]:
    """The conditions, and those of the questions of which a condition demands one certain choice."""
    texts = list(filter(None, chain))
    for text in list(texts):
        for name in _demanded(parse(text)):
            placed = form.placed.get(name)
            if placed is not None and not placed.repeat:
                texts += [each.relevant for each in (*placed.above, placed.item) if each.relevant]
    return list(dict.fromkeys(texts))


def _demanded(tree: Node) -> Iterator[str]:
    """Questions that must be answered for the condition to be true."""
    match tree:
        case Operation("and", left, right):
            yield from _demanded(left)
            yield from _demanded(right)
        case Operation("=", Answer(name), Literal(value)) if value != "":
            yield name
        case Call("selected", (Answer(name), Literal())):
            yield name
        case _:
            pass


def _fields(form: Form) -> Iterator[Fault]:
    """What the form says in the registry."""
    fed = {placed.item.field for placed in form.questions()}
    for placed in form.questions():
        item = placed.item
        if item.field and placed.repeat and item.field not in MANY:
            yield Fault("field_in_repeat", "survey", item.line, "field", {"value": item.field})
        if item.field == "kind":
            yield from _kinds(form, item)
    if not fed & {"name", "given_name", "org_name", "stage_name"}:
        yield Fault("no_kind", "survey")


def _kinds(form: Form, item: Item) -> Iterator[Fault]:
    for choice in form.choices.get(item.choices, ()):
        if choice.name not in KINDS:
            params = {"accepted": ", ".join(KINDS), "value": choice.name}
            yield Fault("kind", "survey", item.line, "field", params)
