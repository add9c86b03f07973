"""What the directory narrows by, in words."""

from django.utils.translation import gettext as _

from soyol.registry.queries.labels import labels as facet_labels

__all__ = ["facet_labels", "facet_titles"]


def facet_titles() -> dict[str, str]:
    """Parameter → the title above its choices, in the order of the page."""
    return {
        "area": _("Area of the programme"),
        "domain": _("Cultural domain"),
        "region": _("Province or capital"),
        "kind": _("Kind"),
    }
