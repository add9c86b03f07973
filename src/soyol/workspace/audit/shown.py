"""Audit entries as the page shows them: what was done, who did it, what it is about, and its details in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soyol.accounts.choices import Role
from soyol.audit.choices import ActorKind, EntryKind
from soyol.audit.models import Entry
from soyol.bodies.choices import BodyKind
from soyol.bodies.models import Body
from soyol.jobs.choices import JobState
from soyol.jobs.reasons import REASONS
from soyol.notices.choices import Channel, MessageState
from soyol.notices.reasons import REASONS as UNSENT
from soyol.registry.choices import DocumentKind, Purpose, Verdict
from soyol.registry.rules import FIELDS
from soyol.sources.choices import BatchState
from soyol.sources.models import Source
from soyol.surveys.choices import Mode
from soyol.ui.templatetags.soyol_formats import day, moment, number, plain_words, yes_no
from soyol.workspace.audit.labels import ACTIONS, FAILURES, INNER, KEYS, action_words, doer_words
from soyol.workspace.audit.targets import Names, Target, names_of
from soyol.workspace.jobs.shown import titles
from soyol.workspace.looks import purpose_words
from soyol.workspace.outbox.words import message_words

#: Details that name a thing: key → its model.
THINGS = {
    "grant": "accounts.Grant",
    "source": "sources.Source",
    "unit": "places.Unit",
    "user": "accounts.User",
}
DAYS = frozenset({"as_of", "day", "on", "valid_from", "valid_to"})
#: Actions on what is described in fields of its own, and not in those of the registry.
DESCRIBED: dict[str, type[Model]] = {"bodies.body": Body, "sources.source": Source}
#: What stands in the details of a list as it was before and after.
NESTED = frozenset({"after", "before", "counts"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry in words."""

    entry: Entry
    action: str
    who: str
    target: Target
    details: list[tuple[str, str]]
    #: Details with values of persons stay sealed.
    sealed: bool


def shown(entries: Iterable[Entry], may: frozenset[str]) -> list[Shown]:
    """Entries in words, with links to what the reader ``may`` open; a few questions, however many entries."""
    told = [(entry, {} if entry.sealed_detail is not None else entry.told) for entry in entries]
    names = names_of(_wanted(told))
    return [
        Shown(
            entry=entry,
            action=action_words(entry.action),
            who=_who(entry),
            target=names.target(entry.target, may),
            details=list(_details(detail, entry.action, names)),
            sealed=entry.sealed_detail is not None,
        )
        for entry, detail in told
    ]


def _who(entry: Entry) -> str:
    if entry.actor_kind == ActorKind.PERSON and entry.actor_name:
        return str(entry.actor_name)
    kind = capfirst(str(ActorKind(entry.actor_kind).label))
    name = doer_words(entry.actor_name)
    return f"{kind} ({name})" if name else kind


def _wanted(told: Iterable[tuple[Entry, Mapping[str, Any]]]) -> Iterator[tuple[str, object]]:
    for entry, detail in told:
        model, _colon, number_of = entry.target.partition(":")
        yield model, number_of
        yield from ((THINGS[key], value) for key, value in detail.items() if key in THINGS and value)
        yield from (("places.Unit", code) for code in detail.get("codes") or ())
        if _is_body(entry.action, detail.get("body")):
            yield "bodies.Body", detail["body"]


def _is_body(action: str, value: object) -> bool:
    """A role is given for a public body; a tie between entries names the entry."""
    return action.startswith("accounts.") and value is not None


def _details(detail: Mapping[str, Any], action: str, names: Names) -> Iterator[tuple[str, str]]:
    for key, value in detail.items():
        if key in INNER:
            continue
        if key in NESTED and isinstance(value, Mapping):
            said = "; ".join(f"{name}: {each}" for name, each in _details(value, action, names))
        else:
            said = _said(key, value, action, names)
        if said:
            yield str(KEYS.get(key, key)), said


def _said(key: str, value: Any, action: str, names: Names) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if key in THINGS:
        return names.of(THINGS[key], value)
    if key in BY_KEY:
        return BY_KEY[key](value, action, names)
    return day(value) if key in DAYS else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Mapping):
        return plain_words(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else number(value)


def _body(value: object, action: str, names: Names) -> str:
    return names.of("bodies.Body", value) if _is_body(action, value) else str(value)


def _state(value: str, action: str, _names: Names) -> str:
    states = JobState if action.startswith("jobs.") else BatchState
    return str(states(value).label) if value in states.values else value


def _kind(value: str, action: str, _names: Names) -> str:
    if action.startswith("jobs."):
        return titles().get(value, value)
    kinds: Any = EntryKind if action.startswith("audit.") else BodyKind
    return str(kinds(value).label) if value in kinds.values else value


def _fields(value: list[str], action: str, _names: Names) -> str:
    return ", ".join(_field(code, action) for code in value)


def _field(code: str, action: str) -> str:
    if code == "list":
        return _("the whole list")
    described: Any = DESCRIBED.get(action.rpartition(".")[0])
    if described is None and code in FIELDS:
        return FIELDS[code].label()
    # Attributes of a model know their field, and that its name.
    described = getattr(getattr(described, code, None), "field", None)
    return str(KEYS.get(code) or getattr(described, "verbose_name", code))


def _label(choices: Any) -> Callable[[str, str, Names], str]:
    return lambda value, _action, _names: str(choices(value).label) if value in choices.values else value


def _purpose(value: str, action: str, _names: Names) -> str:
    if action.startswith("notices."):
        return message_words(value)
    if action.startswith("registry.consent."):
        return str(Purpose(value).label) if value in Purpose.values else value
    return action_words(value) if value in ACTIONS else purpose_words(value)


BY_KEY: dict[str, Callable[[Any, str, Names], str]] = {
    "action": lambda value, _action, _names: action_words(value),
    "body": _body,
    "codes": lambda value, _action, names: ", ".join(names.of("places.Unit", code) for code in value),
    # Any other reason has parameters, which the page of the work tells.
    "error_code": lambda value, _action, _names: str(REASONS.get(value, UNSENT.get(value, ""))),
    "failure": lambda value, _action, _names: _(FAILURES.get(value, value)),
    "fields": _fields,
    "kind": _kind,
    "mode": _label(Mode),
    "made_at": lambda value, _action, _names: moment(datetime.fromisoformat(value)),
    "outcome": _label(MessageState),
    "purpose": _purpose,
    "role": _label(Role),
    "seen": _label(DocumentKind),
    "state": _state,
    "verdict": _label(Verdict),
    "way": _label(Channel),
}
