"""By what the queue of questions is narrowed, out of an address, and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soyol.lib.words import UnknownWordsError, say
from soyol.registry.queries import Narrowed
from soyol.registry.queries.labels import labels
from soyol.registry.queries.questions import Overview
from soyol.sources.models import Source
from soyol.ui.facets import Asked, Group, groups
from soyol.workspace.asking import without_zero_bytes
from soyol.workspace.words import language

#: Longer codes exist nowhere.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Shown:
    """One part of the narrowing in words, and the address without it."""

    title: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Count:
    """A code and how many questions it would leave."""

    code: str
    count: int


def narrowed_by(query: QueryDict) -> Narrowed:
    """The narrowing that an address asks for; what it says besides is passed over."""

    def code(part: str) -> str:
        return without_zero_bytes(query.get(part, "")).replace(",", "")[:LONGEST]

    return Narrowed(
        region=code("region"),
        domain=code("domain"),
        source=code("source"),
        reason=code("reason"),
        kind=code("kind"),
        staked=bool(query.get("staked")),
        mine=bool(query.get("mine")),
    )


def titles() -> dict[str, str]:
    """Part → the title above its choices."""
    return {
        "region": _("Province or capital"),
        "kind": _("Kind"),
        "domain": _("Cultural domain"),
        "source": _("List"),
        "reason": _("What was compared"),
    }


def words(found: Overview | None = None) -> dict[str, Mapping[str, object]]:
    """Part → code → its name; reasons are named as far as ``found`` has them."""
    facets = labels()
    reasons = found.counts["reason"] if found else ()
    return {
        "region": facets["region"],
        "kind": facets["kind"],
        "domain": facets["domain"],
        "source": {each.code: each.name_in() for each in Source.objects.all()},
        "reason": {code: reason_words(code) for code in reasons},
    }


def reason_words(code: str) -> str:
    """What a reason says; the code itself for one that nobody knows."""
    try:
        return say(code, {}, language())
    except UnknownWordsError:
        return code


def narrowings(query: QueryDict, found: Overview) -> list[Group]:
    """The choices by which the queue can be narrowed, with how many questions each would leave."""
    counts = {
        part: [Count(code, n) for code, n in sorted(told.items(), key=lambda each: (-each[1], each[0]))]
        for part, told in found.counts.items()
    }
    return groups(Asked(query), counts, titles=titles(), labels=words(found))


def shown_narrowings(narrowed: Narrowed) -> list[Shown]:
    """What the queue is narrowed to, in words, each with the address of the queue without it."""
    if not narrowed.parts:
        return []
    names = words()
    ticks = {"staked": _("money, award or office"), "mine": _("what waits for me")}
    shown = []
    for part in narrowed.parts:
        code = getattr(narrowed, part)
        label = ticks.get(part) or (reason_words(code) if part == "reason" else _named(names[part].get(code, code)))
        shown.append(Shown(titles().get(part, ""), capfirst(label), query_of(narrowed.without(part))))
    return shown


def _named(name: Any) -> str:
    best = getattr(name, "best", None)
    return str(best() if best else name)


def query_of(narrowed: Narrowed) -> str:
    """The query of an address that narrows so."""
    return "?" + urlencode({part: str(getattr(narrowed, part)) for part in narrowed.parts})
