"""What is printed of an entry: its name in each language, kind, domains, occupations, place, number and since when.

Nothing private: no number of the state, no day of birth, no address, no contact. A name and a public number with a
link to check them say whom the sheet is about; a day of birth would only help whoever finds a lost one.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from soyol.fields import LanguageMap
from soyol.places.models import Unit
from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.opened import invented_among
from soyol.vocab import queries as vocab

#: Domains and occupations that are printed at most: a sheet is a page.
MOST = 4


def languages() -> list[str]:
    """The languages of a sheet: those of the site, the country's own first."""
    codes = dict(settings.LANGUAGES)
    return sorted(codes, key=lambda code: code != settings.LANGUAGE_CODE)


def facts_of(actor: Actor) -> dict[str, Any]:
    """What a certificate of ``actor`` prints, in every language of the site. Raises DirectoryEntry.DoesNotExist."""
    entry = DirectoryEntry.objects.get(actor=actor, face=Face.STAFF)
    return {
        "names": {code: entry.name_in(code) for code in languages()},
        "name": entry.name,
        "kind": entry.kind,
        "kinds": _said(lambda: str(ActorKind(entry.kind).label)),
        "domains": _terms("domains", entry.domains),
        "occupations": _terms("occupations", entry.occupations),
        "place": _place(entry),
        "number": entry.number,
        "since": timezone.localdate(actor.created_at).isoformat(),
        "invented": actor.pk in invented_among({actor.pk}),
    }


def _said(word: Callable[[], str]) -> dict[str, str]:
    found = {}
    for code in languages():
        with override(code):
            found[code] = word()
    return found


def _terms(scheme: str, codes: Iterable[str]) -> dict[str, list[str]]:
    """The names of codes by language; codes that no list names are left out."""
    chosen = list(codes)[:MOST]
    if not chosen:
        return {}
    named = {code: vocab.names(scheme, code) for code in languages()}
    return {code: [names[each] for each in chosen if each in names] for code, names in named.items()}


def _place(entry: DirectoryEntry) -> dict[str, str]:
    """The province and, where it is known, the district."""
    codes = list(dict.fromkeys(filter(None, (entry.region_code, entry.unit_code))))
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "names"))
    told = [LanguageMap(names[code]) for code in codes if code in names]
    return {code: ", ".join(each.best(code) for each in told) for code in languages()} if told else {}
