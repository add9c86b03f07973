"""Certificates as the desk shows them: a line of the list, and the part of an entry's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from soyol.accounts.choices import Permission
from soyol.certificates import queries
from soyol.certificates.choices import State
from soyol.certificates.models import Certificate
from soyol.fields import LanguageMap
from soyol.registry.models import DirectoryEntry
from soyol.workspace.acting import registry_scope

#: State → tone and glyph of its badge.
TONES: dict[str, tuple[str, str]] = {
    State.VALID: ("pine", "✓"),
    State.EXPIRED: ("ochre", "!"),
    State.REVOKED: ("vermilion", "×"),
    State.REPLACED: ("plum", "⇒"),
    State.CHANGED: ("ochre", "△"),
    State.GONE: ("vermilion", "×"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One certificate: how its entry was called then, how it stands, and what can be done with it."""

    certificate: Certificate
    name: str
    word: str
    tone: str
    glyph: str


@dataclass(frozen=True, slots=True)
class Part:
    """The certificates of an entry, and whether a first one, or one in the place of a revoked one, can be issued."""

    lines: list[Line]
    may_issue: bool


def lines(certificates: Iterable[Certificate]) -> list[Line]:
    """Each of ``certificates`` as it stands today; one query for all."""
    return [_line(each) for each in queries.shown(certificates)]


def part_of(request: HttpRequest, entry: DirectoryEntry) -> Part | None:
    """The certificates of an entry; None for whoever issues none there."""
    if not registry_scope(request, Permission.ISSUE_CERTIFICATES).holds(entry.unit_path):
        return None
    told = queries.certificates_of(entry.actor)
    has_one = any(each.certificate.actor_id == entry.actor_id and each.certificate.is_current for each in told)
    return Part([_line(each) for each in told], may_issue=not has_one and not entry.ended)


def _line(shown: queries.Shown) -> Line:
    tone, glyph = TONES[shown.state]
    names = LanguageMap(shown.facts["names"])
    return Line(shown.certificate, names.best(), str(State(shown.state).label), tone, glyph)
