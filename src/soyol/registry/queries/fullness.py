"""How full the rows of each list are."""

from soyol.registry.models import Fullness
from soyol.registry.rules.fullness import PARTS, Filled, filled
from soyol.sources.models import Source


def fullness(*, public_only: bool) -> dict[str, list[Filled]]:
    """Code of each list → its parts in order, with shares that tell of no single row. Two queries."""
    lists = Source.objects.filter(shown_publicly=True) if public_only else Source.objects.all()
    counted = {
        (source, part): (rows, having)
        for source, part, rows, having in Fullness.objects.values_list("source__code", "part", "rows", "having")
    }
    return {
        code: [filled(part, *counted.get((code, part), (None, 0))) for part in PARTS]
        for code in lists.values_list("code", flat=True)
    }
