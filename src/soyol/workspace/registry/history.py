"""What changed an entry, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soyol.registry.choices import ChangeKind
from soyol.registry.models import Change, LeftBoth
from soyol.registry.queries import ChangeTold
from soyol.registry.rules import FIELDS
from soyol.registry.rules.reasons import is_asked_register

#: Kinds whose words say everything where nobody else is named.
_WITH_OTHER = (ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.APART, ChangeKind.UNDO)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history: when, who, what in words and why; the change where it was one."""

    at: datetime
    by_name: str
    words: str
    why: str
    change: Change | None = None


def lines(changes: list[ChangeTold], left: Iterable[LeftBoth]) -> list[Line]:
    """Changes of an entry and what people left as it is, newest first."""
    made = [
        Line(told.change.at, told.change.by_name, told_words(told), told.change.why, told.change) for told in changes
    ]
    for each in left:
        field = FIELDS[each.field].label() if each.field in FIELDS else each.field
        words = _("Different values were left as they are: %(field)s") % {"field": field}
        made.append(Line(each.at, each.by_name, words, each.reason))
    return sorted(made, key=lambda line: line.at, reverse=True)


def told_words(told: ChangeTold) -> str:
    """One change in a sentence: what it was, with whom, and what came or left by it."""
    parts = [_what(told)]
    if told.fields:
        parts.append(", ".join(told.fields))
    if told.change.kind in {ChangeKind.RUN, ChangeKind.WITHDRAW, ChangeKind.BULK}:
        parts += _moved(told)
    return ": ".join([parts[0], "; ".join(parts[1:])]) if len(parts) > 1 else parts[0]


def _what(told: ChangeTold) -> str:
    if is_asked_register(told.change.reason):
        return _("Register of the state")
    kind = capfirst(told.change.get_kind_display())
    if told.change.kind in _WITH_OTHER and told.others:
        return f"{kind} ({', '.join(told.others)})"
    return str(kind)


def _moved(told: ChangeTold) -> list[str]:
    found = []
    if told.came:
        found.append(ngettext("%(n)d record came", "%(n)d records came", told.came) % {"n": told.came})
    if told.left:
        found.append(ngettext("%(n)d record left", "%(n)d records left", told.left) % {"n": told.left})
    return found
