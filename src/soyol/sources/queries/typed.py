"""What a person typed into a form, understood as a row of a list would be."""

from collections.abc import Mapping

from django.conf import settings

from soyol import intake, packs
from soyol.sources.queries.workroom import workroom


def understood(texts: Mapping[str, str], kind: str) -> intake.Understood:
    """Record columns of one typed row, and what could not be understood. ``texts``: field of intake → what was typed.

    Costs tens of milliseconds: the row takes the way of a whole file.
    """
    with workroom() as room:
        return intake.understand(texts, kind, packs.load(settings.SOYOL_PACK), room)  # type: ignore[arg-type]
