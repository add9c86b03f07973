"""The country pack of this installation, and units as paths."""

from functools import lru_cache

from django.conf import settings

from soyol import packs


def pack() -> "packs.Pack":
    """The pack that the installation runs with (``SOYOL_PACK``)."""
    return packs.load(settings.SOYOL_PACK)


@lru_cache(maxsize=4096)
def unit_path(code: str, pack_code: str | None = None) -> str:
    """Codes from the unit below the country down to ``code``, each followed by a stroke: ``11/1101/``.

    A range over such paths finds a unit with everything below it. The country itself is the empty path; a code
    that the pack does not know stands alone.
    """
    by_code = packs.load(pack_code or settings.SOYOL_PACK).units.by_code
    chain: list[str] = []
    at: str | None = code
    while at and at not in chain:
        unit = by_code.get(at)
        if unit is None or unit.level > 0:
            chain.append(at)
        at = unit.parent if unit else None
    return "".join(f"{each}/" for each in reversed(chain))


def region_of(code: str) -> str:
    """Code of the unit of the first level above ``code`` (itself, when it is one)."""
    return unit_path(code).split("/", 1)[0] if code else ""
