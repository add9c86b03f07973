"""What staff lists narrow by, and the choices of their forms, in words."""

from django.utils.translation import gettext as _

from soyol.registry.queries.labels import labels as facet_labels
from soyol.registry.queries.labels import occupation_choices, unit_choices

__all__ = ["facet_labels", "facet_titles", "occupation_choices", "unit_choices"]


def facet_titles() -> dict[str, str]:
    """Parameter → the title above its choices, in the order of the page."""
    return {
        "kind": _("Kind"),
        "region": _("Province or capital"),
        "area": _("Area of the programme"),
        "domain": _("Cultural domain"),
    }
