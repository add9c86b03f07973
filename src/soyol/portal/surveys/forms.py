"""A page of a questionnaire as a form of the site: what is asked becomes fields, what was sent becomes answers.

Nothing is judged here. Answers are kept as they were written, and ``soyol.surveys.rules`` says what is wrong with them.
"""

import copy
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from soyol.portal.surveys.words import label, language, said, wrong_words
from soyol.surveys.rules import Filled, Item, Spot, Step
from soyol.surveys.rules.filling import MOST_ROUNDS
from soyol.surveys.rules.forms import CHOSEN
from soyol.surveys.rules.taking import precision

#: Between the name of a question and the number of its round, in names of fields.
ROUND = "--"
#: Choices up to which all of them stand on the page.
FEW = 9


class Answer(forms.Field):
    """One question; ``required`` says what its label says, and no more."""

    def validate(self, value: Any) -> None:
        """Rules judge answers, not fields."""


class PageForm(forms.Form):
    """The fields of one page."""

    use_required_attribute = False

    def __init__(self, fields: Mapping[str, forms.Field], **more: Any) -> None:
        super().__init__(**more)
        self.fields.update(fields)


@dataclass(frozen=True)
class Block:
    """One piece of a page: ``heading``, ``note``, ``field``, ``round`` or ``add``."""

    kind: str
    words: str = ""
    name: str = ""
    value: str = ""
    level: int = 2


def field_name(spot: Spot) -> str:
    """What a question is called in a form."""
    return spot.item.name if spot.round is None else f"{spot.item.name}{ROUND}{spot.round}"


def blocks(filled: Filled, items: tuple[Item, ...], round_: int | None = None, level: int = 2) -> Iterator[Block]:
    """The pieces of a page, in order."""
    for item in items:
        if not filled.is_asked(item.name, round_):
            continue
        words = said(filled, item.labels, round_)
        if item.kind == "group":
            if words and level > 2:
                yield Block("heading", words, level=min(level, 4))
            yield from blocks(filled, item.items, round_, level + 1)
        elif item.kind == "repeat":
            yield from _rounds(filled, item, words, level)
        elif item.type == "note" or (item.read_only and item.type != "calculate"):
            yield Block("note", words)
        elif item.is_asked:
            yield Block("field", name=field_name(Spot(item, round_)))


def _rounds(filled: Filled, item: Item, words: str, level: int) -> Iterator[Block]:
    if level > 2:
        yield Block("heading", words, level=min(level, 4))
    for number in range(filled.rounds(item.name)):
        told = _("%(what)s: no. %(n)s") % {"what": words or item.name, "n": number + 1}
        yield Block("round", told, value=f"remove:{item.name}:{number}")
        yield from blocks(filled, item.items, number, level + 1)
    if filled.rounds(item.name) < MOST_ROUNDS:
        yield Block("add", words or item.name, value=f"add:{item.name}")


def page_form(filled: Filled, step: Step, *, told: bool = False) -> PageForm:
    """The form of a page as it is filled; with ``told`` it also says what is wrong."""
    spots = [spot for spot in filled.spots_in(step.items) if spot.item.is_asked]
    fields = {field_name(spot): _field(filled, spot) for spot in spots}
    values = {field_name(spot): _value(filled, spot) for spot in spots}
    if not told:
        return PageForm(fields, initial=values)
    form = PageForm(fields, data=_data(values))
    form.is_valid()
    for spot in spots:
        wrong = filled.wrong(spot)
        if wrong is not None:
            form.add_error(field_name(spot), wrong_words(filled, wrong))
    return form


def _data(values: Mapping[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _value(filled: Filled, spot: Spot) -> Any:
    raw = filled.raw(spot.item.name, spot.round)
    if spot.item.type == "select_multiple":
        return raw.split()
    if spot.item.type == "date":
        cut = {"year": 4, "month": 7}.get(precision(spot.item))
        raw = raw[:cut] if cut and len(raw) == 10 else raw
        return raw.replace("-", ".")
    return raw


def _field(filled: Filled, spot: Spot) -> forms.Field:
    item = spot.item
    return Answer(
        label=label(filled, spot),
        help_text=said(filled, item.hints, spot.round),
        required=bool(item.required),
        widget=_widget(filled, spot),
    )


def _widget(filled: Filled, spot: Spot) -> forms.Widget:
    item = spot.item
    if item.type == "acknowledge":
        return forms.CheckboxInput()
    if item.type in CHOSEN:
        return _choosing(filled, spot)
    if item.type == "text" and "multiline" in item.appearance.split():
        return forms.Textarea()
    return forms.TextInput(attrs=_typing(item))


def _typing(item: Item) -> dict[str, Any]:
    """Which keys a telephone offers, and an example where one helps."""
    if item.type == "text":
        return {"inputmode": "tel"} if item.field == "phone" else {}
    if item.type != "date":
        return {"inputmode": "numeric" if item.type == "integer" else "decimal"}
    example = {"year": "1987", "month": "1987.05", "day": "1987.05.17"}[precision(item)]
    return {"placeholder": _("e.g. %(example)s") % {"example": example}, "inputmode": "decimal"}


def _choosing(filled: Filled, spot: Spot) -> forms.Widget:
    item, form = spot.item, filled.form
    told = filled.choices(item, spot.round)
    choices = [(each.name, form.words(each.labels, language()) or each.name) for each in told]
    if item.type == "select_multiple":
        return forms.CheckboxSelectMultiple(choices=choices)
    if len(choices) <= FEW and "minimal" not in item.appearance.split():
        return forms.RadioSelect(choices=choices)
    return forms.Select(choices=[("", _("Choose")), *choices])


def shape(filled: Filled, step: Step) -> str:
    """What a page asks and lets choose from, a short word for each field: a new one after answers is a new question."""
    told = [
        (field_name(spot), [each.name for each in filled.choices(spot.item, spot.round)])
        for spot in filled.spots_in(step.items)
    ]
    return " ".join(hashlib.sha256(repr(each).encode()).hexdigest()[:10] for each in told)


def asked(filled: Filled, step: Step) -> str:
    """The names of the fields of a page; only these are read when it comes back."""
    return " ".join(field_name(spot) for spot in filled.spots_in(step.items) if spot.item.is_asked)


def with_sent(filled: Filled, step: Step, sent: QueryDict) -> dict[str, Any]:
    """The answers with what came back from a page."""
    answers: dict[str, Any] = copy.deepcopy(dict(filled.answers))
    mine = {name for item in step.items for name in _names(item)}
    for told in sent.get("asked", "").split():
        name, sign, number = told.partition(ROUND)
        if name not in mine:
            continue
        placed = filled.form.placed[name]
        value = " ".join(sent.getlist(told)) if placed.item.type == "select_multiple" else sent.get(told, "")
        value = value.replace("\0", "")
        if not placed.repeat:
            answers[name] = value
        elif sign and number.isdecimal() and len(number) < 4 and int(number) < filled.rounds(placed.repeat):
            answers[placed.repeat][int(number)][name] = value
    return answers


def _names(item: Item) -> Iterator[str]:
    if item.is_asked:
        yield item.name
    for inner in item.items:
        yield from _names(inner)


def with_round(filled: Filled, answers: Mapping[str, Any], go: str) -> dict[str, Any]:
    """The answers with a round more or less, as the button ``add:…`` or ``remove:…:n`` says."""
    made = copy.deepcopy(dict(answers))
    what, _sign, rest = go.partition(":")
    name, _sign, number = rest.partition(":")
    placed = filled.form.placed.get(name)
    if placed is None or placed.item.kind != "repeat":
        return made
    rounds = list(made.get(name) or [])
    if what == "add" and len(rounds) < MOST_ROUNDS:
        inner = (each.item for each in filled.form.questions() if each.repeat == name)
        rounds.append({item.name: item.default for item in inner if item.default})
    elif what == "remove" and number.isdecimal() and len(number) < 4 and int(number) < len(rounds):
        rounds.pop(int(number))
    made[name] = rounds
    return made
