"""Who bears a number, a telephone or an address, by its keyed hash: nobody learns the number of anybody else."""

from collections.abc import Sequence

import polars as pl

from soyol.fields import blind_index
from soyol.registry.models import Statement
from soyol.registry.packing import pack
from soyol.registry.queries.shown import current_identities


def holders(fields: Sequence[str], values: Sequence[str]) -> set[int]:
    """Ids of the actors of whom a list says now that one of ``fields`` is one of ``values``."""
    digests = [blind_index(value.casefold(), f"registry.{field}")[:32] for field in fields for value in values]
    if not digests:
        return set()
    rows = Statement.objects.filter(digest__in=digests, field__in=fields, recorded_to__isnull=True)
    return set(current_identities().filter(record__in=rows.values("record_id")).values_list("actor_id", flat=True))


def bodies_numbered(text: str) -> set[int]:
    """Bodies with the register number that ``text`` is; none where it is no such number. It is a public fact."""
    if not any(sign.isdigit() for sign in text):
        return set()
    told = pack().identifiers["company"].normalise(pl.Series([text], dtype=pl.String)).row(0, named=True)
    return holders(["company_number"], [told["value"]] if told["value"] and told["status"] != "invalid" else [])
