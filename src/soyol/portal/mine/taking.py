"""Taking along everything that is held about one: a page that prints, and the same as a file for machines."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.claims.queries import Held
from soyol.portal.mine.acting import account, found_held
from soyol.portal.mine.taking_words import SECTIONS, key_words
from soyol.registry.choices import FieldClass
from soyol.registry.masking import Masker
from soyol.registry.rules import FIELDS, field_class, mask
from soyol.registry.rules.reasons import reason_words
from soyol.rights import actions
from soyol.rights.queries.looks import field_words, purpose_words
from soyol.ui import respond
from soyol.ui.templatetags.soyol_formats import day, moment, yes_no


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: a heading, and things with their lines (name, value)."""

    name: str
    title: str
    things: list[list[tuple[str, str]]]


@door(signed_in=True)
@never_cache
def take_along(request: HttpRequest, number: str) -> HttpResponse:
    """Everything as a page; national numbers stand in clear in the file only."""
    found = found_held(request, number)
    told = _in_words(_taken(request, found, "page"))
    kind = found.actor.kind
    sections = [Section(name, str(title), _things(told.get(name), kind)) for name, title in SECTIONS.items()]
    sections = _without_numbers(sections, _secrets(told, kind))
    context = {"held": found, "sections": sections, "made_at": timezone.now()}
    return respond.page(request, "portal/mine/take_along.html", context)


@door(signed_in=True)
@require_POST
@never_cache
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Everything as a JSON file."""
    found = found_held(request, number)
    told = _taken(request, found, "file")
    answer = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    name = f"{found.actor.number}-{timezone.localdate().isoformat()}.json"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "no-store"
    return answer


def _taken(request: HttpRequest, found: Held, how: str) -> dict[str, Any]:
    user = account(request)
    return actions.take(by=user.by, user=user, actor=found.actor, how=how)


def _in_words(told: dict[str, Any]) -> dict[str, Any]:
    """The same as a person reads it: what only links parts of the file, and codes without words, stay in the file."""
    looks = [
        {
            **each,
            "at_what": "",
            "purpose": purpose_words(each["purpose"]),
            "fields": [field_words(code) for code in each["fields"]],
        }
        for each in told["looks"]
    ]
    rows = [
        {
            **_without(each, {"row"}),
            "as_received": _reasoned(each["as_received"]),
            "as_understood": _without(each["as_understood"], {"name_order"}),
        }
        for each in told["rows"]
    ]
    statements = [_without(each, {"row"}) for each in told["statements"]]
    return {**told, "looks": looks, "rows": rows, "statements": statements}


def _without(thing: Any, names: Collection[str]) -> Any:
    return {key: value for key, value in thing.items() if key not in names} if isinstance(thing, Mapping) else thing


def _reasoned(cells: Any) -> Any:
    """Cells of a row that somebody typed in, with the reason in the reader's language."""
    if not isinstance(cells, Mapping) or not isinstance(cells.get("reason"), str):
        return cells
    return {**cells, "reason": reason_words(cells["reason"])}


def _without_numbers(sections: list[Section], secrets: Collection[str]) -> list[Section]:
    """The same with national numbers masked, in whatever column they stand: what looks like one, and the own ones."""
    masker = Masker(text for section in sections for thing in section.things for _name, text in thing)

    def masked(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, mask(secret))
        return masker.text(text)

    return [
        replace(section, things=[[(name, masked(text)) for name, text in thing] for thing in section.things])
        for section in sections
    ]


def _secrets(told: Mapping[str, Any], kind: str) -> set[str]:
    """The values that are shown one by one only."""
    return {each["value"]["code"] for each in told["statements"] if _secret_of(each, kind)}


def _things(told: Any, kind: str) -> list[list[tuple[str, str]]]:
    """The lines of each thing of a section; what is empty is left out."""
    if isinstance(told, Mapping) and told and all(isinstance(each, list) for each in told.values()):
        told = [one for each in told.values() for one in each]
    things = [told] if isinstance(told, Mapping) else told or []
    return [[(name, text) for name, text in _lines(thing, kind) if text] for thing in things]


def _lines(thing: Mapping[str, Any], kind: str, before: str = "") -> Iterator[tuple[str, str]]:
    secret = _secret_of(thing, kind)
    for key, value in thing.items():
        name = f"{before}{key_words(key)}"
        if isinstance(value, Mapping) and "label" in value:
            text = str(value["label"])
            yield name, mask(text) if secret and key == "value" else text
        elif isinstance(value, Mapping):
            yield from _lines(_masked(value, kind), kind, f"{name}: ")
        elif isinstance(value, list):
            yield name, mask(_list(value)) if secret and key == "proposed" else _list(value)
        else:
            yield name, _text(value)


def _secret_of(thing: Mapping[str, Any], kind: str) -> bool:
    """Whether a thing tells a value that is shown masked on pages."""
    field = thing.get("field")
    code = field.get("code", "") if isinstance(field, Mapping) else str(field or "")
    return code in FIELDS and field_class(code, kind) == FieldClass.SECRET


def _masked(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Values of a row with the secret ones masked, whatever their columns are called."""
    secret = {str(value) for key, value in values.items() if key in FIELDS and _secret_of({"field": key}, kind)}
    return {key: mask(str(value)) if str(value) in secret else value for key, value in values.items()}


def _list(values: Sequence[Any]) -> str:
    return "; ".join(_text(each) for each in values)


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(yes_no(value))
    if isinstance(value, str) and len(value) >= 10 and value[4:5] == "-" and value[7:8] == "-":
        return _day(value)
    if isinstance(value, Mapping):
        return str(value.get("label") or ", ".join(filter(None, map(_text, value.values()))))
    return str(value)


def _day(text: str) -> str:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return text
    return str(moment(told)) if len(text) > 10 else str(day(text))
