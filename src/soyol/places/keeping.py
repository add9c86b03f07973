"""Places are kept."""

from django.utils.translation import gettext_noop

from soyol.fields.keeping import NOBODY, Row, keeps

keeps(
    Row(
        "places.unit",
        ("places.Unit", "places.FormerUnitName", "places.Boundary"),
        gettext_noop("provinces and districts with their outlines"),
        NOBODY,
    )
)
