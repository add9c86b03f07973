"""Words for the codes that entries and their facts carry."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from django.utils.translation import gettext as _

from soyol.fields import reach
from soyol.places import queries as places
from soyol.places.models import Unit
from soyol.registry.choices import ActorKind
from soyol.registry.packing import pack
from soyol.registry.queries.scope import Scope
from soyol.vocab import queries as vocab

Words = Mapping[str, object]


def labels() -> dict[str, Words]:
    """Code → name (a text or a language map) for each facet. Three queries, whatever the number of codes."""
    return {
        "kind": _kinds(),
        "region": dict(Unit.objects.filter(level=1).values_list("code", "names")),
        "area": vocab.names("areas"),
        "domain": vocab.names("domains"),
    }


class FieldWords(Mapping[str, Words]):
    """Words by field; those of a field are read, in the reader's language, when they are first asked for.

    ``same``: another name → the field whose words it has.
    """

    def __init__(self, readers: Mapping[str, Callable[[], Words]], same: Mapping[str, str] | None = None) -> None:
        self._readers = readers
        self._same = same or {}
        self._read: dict[str, Words] = {}

    def with_facets(self) -> "FieldWords":
        """The same words for facets as well: each list of codes is read once for both."""
        return FieldWords({**self._readers, "kind": _kinds}, {"region": "unit", "area": "areas", "domain": "domains"})

    def __getitem__(self, field: str) -> Words:
        field = self._same.get(field, field)
        if field not in self._read:
            self._read[field] = self._readers[field]()
        return self._read[field]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._readers, *self._same))

    def __len__(self) -> int:
        return len(self._readers) + len(self._same)


def value_labels(*, units: Collection[str] | None = None) -> FieldWords:
    """Field → code → name, for every field whose values are codes. One query a list of codes that is asked for.

    ``units``: of the places only these are named, where somebody knows that no others will be asked for.
    """
    return FieldWords(
        {
            "unit": partial(_places, units),
            "areas": partial(vocab.names, "areas"),
            "domains": partial(vocab.names, "domains"),
            "occupations": partial(vocab.names, "occupations"),
            "org_form": lambda: {form.code: form.names for form in pack().organisation_forms},
            "level": lambda: {"local": _("local"), "national": _("national"), "international": _("international")},
            "gender": lambda: {"male": _("male"), "female": _("female"), "other": _("other")},
            "consent": lambda: {"yes": _("yes"), "no": _("no")},
            "steps": partial(vocab.names, "steps"),
        }
    )


def _kinds() -> dict[str, str]:
    return {kind.value: str(kind.label) for kind in ActorKind}


def _places(codes: Collection[str] | None) -> dict[str, object]:
    """Units by code (None: all); whatever lies within a province is named with it, for many districts share a name."""
    rows = Unit.objects.all() if codes is None else Unit.objects.filter(pk__in=codes)
    told = rows.values_list("code", "level", "names", "parent__names")
    return {code: _within(above, names) if level > 1 and above else names for code, level, names, above in told}


def _within(around: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {lang: f"{around[lang]}, {name}" if around.get(lang) else name for lang, name in names.items()}


def unit_choices(scope: Scope) -> list[tuple[str, list[tuple[str, str]]]]:
    """The provinces of ``scope``, each before its districts.

    A district says its province too: many share a name with each other or with a province, and a closed select
    shows the chosen line alone.
    """
    provinces = places.top_units()
    if scope.units is not None:
        reach.keep()
        provinces = provinces.filter(pk__in=scope.units)
    names = {unit.code: str(unit) for unit in provinces}
    below: dict[str, list[tuple[str, str]]] = {}
    for unit in Unit.objects.filter(level=2, valid_to__isnull=True, parent__in=provinces):
        around = str(unit.parent_id)
        below.setdefault(around, []).append((unit.code, f"{names[around]}, {unit}"))
    words = _("%(province)s, district not known")
    return [(name, [(code, words % {"province": name}), *below.get(code, ())]) for code, name in names.items()]


def occupation_choices() -> list[tuple[str, str]]:
    """Every occupation of the current list, in its order."""
    return list(vocab.names("occupations").items())
