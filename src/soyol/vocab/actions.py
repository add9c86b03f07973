"""Loading the code lists of the country pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override

from soyol.audit import By
from soyol.audit.actions import record
from soyol.vocab.models import Crosswalk, Scheme, Term

if TYPE_CHECKING:
    from soyol.packs import Pack
    from soyol.packs.vocab import Term as PackTerm

#: The lists that every pack has, and their English names.
LISTS = {
    "areas": gettext_noop("Areas of the programme"),
    "domains": gettext_noop("Cultural domains"),
    "steps": gettext_noop("Steps of the culture cycle"),
    "occupations": gettext_noop("Occupations"),
}
FIELDS = ("names", "synonyms", "more", "position", "retired")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many terms are new, changed and retired, over all lists."""

    new: int
    changed: int
    retired: int


@transaction.atomic
def load_pack(pack: "Pack", *, by: By) -> Loaded:
    """Make the code lists those of ``pack``; loading the same pack again changes nothing.

    A new version of the pack's lists becomes a new version here, and the current one; the old one stays readable.
    Within a version terms are added, renamed and retired, never deleted.
    """
    totals = [0, 0, 0]
    for name in LISTS:
        scheme = _current_scheme(name, pack.vocab.version)
        for index, count in enumerate(_load_terms(scheme, getattr(pack.vocab, name))):
            totals[index] += count
    _load_crosswalk(pack)
    loaded = Loaded(*totals)
    if any(totals):
        detail = {"pack": pack.code, "version": pack.vocab.version, "new": loaded.new, "changed": loaded.changed}
        record(by, "vocab.lists.load", "vocab.Scheme", {**detail, "retired": loaded.retired})
    return loaded


def _current_scheme(code: str, version: str) -> Scheme:
    Scheme.objects.filter(code=code, current=True).exclude(version=version).update(current=False)
    values = {"names": _in_all_languages(LISTS[code]), "current": True}
    scheme, _ = Scheme.objects.update_or_create(code=code, version=version, defaults=values)
    return scheme


def _in_all_languages(name: str) -> dict[str, str]:
    found = {}
    for language, _ in settings.LANGUAGES:
        with override(language):
            found[language] = gettext(name)
    return found


def _load_terms(scheme: Scheme, told: Sequence["PackTerm"]) -> tuple[int, int, int]:
    """New, changed and retired terms of one list."""
    there = {term.code: term for term in scheme.terms.all()}
    new, changed = [], []
    for position, each in enumerate(told):
        wanted = _values(each, position)
        term = there.get(each.code)
        if term is None:
            new.append(Term(scheme=scheme, code=each.code, **wanted))
        elif any(getattr(term, name) != wanted[name] for name in FIELDS):
            changed.append(term)
            for name in FIELDS:
                setattr(term, name, wanted[name])
    Term.objects.bulk_create(new)
    Term.objects.bulk_update(changed, FIELDS, batch_size=200)
    kept = [each.code for each in told]
    retired = scheme.terms.filter(retired=False).exclude(code__in=kept).update(retired=True)
    return len(new), len(changed), retired


def _values(told: "PackTerm", position: int) -> dict[str, Any]:
    more = {name: getattr(told, name) for name in ("domain", "step", "group") if getattr(told, name)}
    return {
        "names": dict(told.names),
        "synonyms": list(told.synonyms),
        "more": more,
        "position": position,
        "retired": False,
    }


def _load_crosswalk(pack: "Pack") -> None:
    """Domains lead to areas, occupations to their domain: exactly as the pack says."""
    ids = {
        (term.scheme.code, term.code): term.pk
        for term in Term.objects.filter(scheme__current=True).select_related("scheme")
    }
    wanted = {
        (ids["domains", domain], ids["areas", area]) for domain, areas in pack.vocab.crosswalk.items() for area in areas
    }
    wanted |= {
        (ids["occupations", term.code], ids["domains", term.domain]) for term in pack.vocab.occupations if term.domain
    }
    current = Crosswalk.objects.filter(source__scheme__current=True)
    there = {(pair.source_id, pair.target_id): pair.pk for pair in current}
    Crosswalk.objects.filter(pk__in=[pk for pair, pk in there.items() if pair not in wanted]).delete()
    fresh = sorted(wanted - there.keys())
    Crosswalk.objects.bulk_create([Crosswalk(source_id=source, target_id=target) for source, target in fresh])
