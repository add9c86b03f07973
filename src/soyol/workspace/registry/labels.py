"""What staff lists narrow by, and the choices of their forms, in words."""

from django.utils.translation import gettext as _

from soyol.places import queries as places
from soyol.places.models import Unit
from soyol.registry.queries import Scope
from soyol.registry.queries.labels import labels as facet_labels
from soyol.vocab import queries as vocab

__all__ = ["facet_labels", "facet_titles", "occupation_choices", "unit_choices"]


def facet_titles() -> dict[str, str]:
    """Parameter → the title above its choices, in the order of the page."""
    return {
        "kind": _("Kind"),
        "region": _("Province or capital"),
        "area": _("Area of the programme"),
        "domain": _("Cultural domain"),
    }


def unit_choices(scope: Scope) -> list[tuple[str, list[tuple[str, str]]]]:
    """The provinces in which this account may add somebody, each before its districts.

    A district says its province too: many share a name with each other or with a province, and a closed select
    shows the chosen line alone.
    """
    provinces = places.top_units()
    if scope.units is not None:
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
