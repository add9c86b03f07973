"""What changed an entry, in words."""

from django.utils.text import capfirst
from django.utils.translation import ngettext

from soyol.registry.choices import ChangeKind
from soyol.registry.queries import ChangeTold

#: Kinds whose words say everything where nobody else is named.
_WITH_OTHER = (ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.APART, ChangeKind.UNDO)


def told_words(told: ChangeTold) -> str:
    """One change in a sentence: what it was, with whom, and what came or left by it."""
    parts = [_what(told)]
    if told.fields:
        parts.append(", ".join(told.fields))
    if told.change.kind in {ChangeKind.RUN, ChangeKind.WITHDRAW, ChangeKind.BULK}:
        parts += _moved(told)
    return ": ".join([parts[0], "; ".join(parts[1:])]) if len(parts) > 1 else parts[0]


def _what(told: ChangeTold) -> str:
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
