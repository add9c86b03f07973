"""What importing does to each row of a file, told for the dry run and done by the import in the same way.

Of an ordinary file a row is known again by its identity, or by what a row that was mended says in its own words. In a
file of mended rows each marked row is the row it came from, whatever its columns say now: it replaces that row if a
cell was changed and is known if none was. Rows that somebody added to it are new.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from soyol.intake.annotating import LONGEST
from soyol.intake.layout import tidy
from soyol.sources.choices import Fate
from soyol.sources.models import Source, SourceRecord
from soyol.sources.queries.erased import erased_rows
from soyol.sources.queries.keys import StagedRow, identity_of
from soyol.sources.queries.ledger import Ledger
from soyol.sources.queries.marks import records_behind, reserve
from soyol.sources.queries.staging import CHUNK, StagedFile


@dataclass(frozen=True, slots=True)
class Live:
    """A live row of a list, as far as telling fates needs it."""

    pk: int
    identity_key: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Foretold:
    """A row and what becomes of it. ``known`` is the live row that it is or replaces."""

    row: StagedRow
    fate: Fate
    identity_key: str
    also_key: str
    known: int | None


def foretold(file: StagedFile, ledger: Ledger) -> Iterator[list[Foretold]]:
    """The rows of a file with their fates, at most CHUNK at once; ``ledger`` holds afterwards what the file has."""
    if file.origin is not None:
        reserve(file.origin, file.reading, ledger)
    gone = erased_rows(file)
    for chunk in chunks(file.rows()):
        told = [each for each in _Chunk(file, ledger, chunk).told() if each.row.row not in gone]
        if told:
            yield told


def chunks(rows: Iterable[StagedRow]) -> Iterator[list[StagedRow]]:
    """``rows`` in lists of at most CHUNK."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


class _Chunk:
    """Some rows of a file whose fates are looked up together: a constant number of queries."""

    def __init__(self, file: StagedFile, ledger: Ledger, rows: Sequence[StagedRow]) -> None:
        self.source, self.ledger, self.rows = file.source, ledger, rows
        marked = [row.origin for row in rows if row.origin is not None]
        self.behind = records_behind(file.origin, marked) if file.origin is not None and marked else {}
        self.own = {row.row: identity_of(row.key, ledger.times(row.key)) for row in rows}
        self.live = live_rows(self.source, [*self.own.values(), *(each.identity_key for each in self.behind.values())])

    def told(self) -> list[Foretold]:
        return [self._one(row) for row in self.rows]

    def _one(self, row: StagedRow) -> Foretold:
        origin = self.behind.get(row.origin) if row.origin is not None else None
        return self._ordinary(row) if origin is None else self._mended(row, origin)

    def _ordinary(self, row: StagedRow) -> Foretold:
        identity, live = self._claimed(row)
        if live is None:
            return Foretold(row, Fate.NEW, identity, "", None)
        fate = Fate.KNOWN if live.content_hash == row.content_hash else Fate.CHANGED
        also = self.own[row.row]
        return Foretold(row, fate, identity, also if also != identity else "", live.pk)

    def _claimed(self, row: StagedRow) -> tuple[str, Live | None]:
        """The identity of a row, taken for it, and the live row that has it. No two rows of a file share one."""
        own = self.own[row.row]
        live = self.live.get(own)
        if live is not None and self.ledger.claim(live.identity_key):
            return live.identity_key, live
        while not self.ledger.claim(own):
            own = identity_of(row.key, self.ledger.times(row.key))
        live = live_rows(self.source, [own]).get(own) if own != self.own[row.row] else None
        return own, live if live is not None and live.identity_key == own else None

    def _mended(self, row: StagedRow, origin: SourceRecord) -> Foretold:
        live = self.live.get(origin.identity_key)
        if live is None:
            return Foretold(row, Fate.NEW, origin.identity_key, "", None)
        fate = Fate.KNOWN if self._says_nothing_new(row, origin, live) else Fate.CHANGED
        return Foretold(row, fate, origin.identity_key, self._also(row, origin.identity_key), live.pk)

    def _says_nothing_new(self, row: StagedRow, origin: SourceRecord, live: Live) -> bool:
        """Whether the cells are those that went out, or those that stand there by now."""
        if live.content_hash == row.content_hash or same_cells(row, origin.raw):
            return True
        return live.pk != origin.pk and same_cells(row, SourceRecord.objects.get(pk=live.pk).raw)

    def _also(self, row: StagedRow, identity: str) -> str:
        """What a mended row would be in a file of its own; nothing where another row of the list is that already."""
        own = self.own[row.row]
        there = self.live.get(own)
        return own if own != identity and (there is None or there.identity_key != own) else ""


def same_cells(row: StagedRow, was: dict[str, Any]) -> bool:
    """Whether a row that comes back has the cells that went out, as far as a workbook keeps them: a program may have
    shortened a text or tidied its spaces. A column that was deleted says nothing."""
    return all(tidy(row.raw.get(name)) == tidy((was.get(name) or "")[:LONGEST]) for name in row.columns)


def live_rows(source: Source, keys: Sequence[str]) -> dict[str, Live]:
    """Live rows of a list by identity, and mended ones also by what they say in their own words."""
    wanted = list(dict.fromkeys(keys))
    rows = SourceRecord.objects.filter(source=source, live=True)
    # Two queries: an index serves each, and none would serve both together.
    exact = {live.identity_key: live for live, _also in _found(rows.filter(identity_key__in=wanted))}
    mended = _found(rows.filter(also_key__in=wanted).exclude(also_key="").order_by("-pk"))
    return {also: live for live, also in mended} | exact


def _found(rows: QuerySet[SourceRecord]) -> Iterator[tuple[Live, str]]:
    for pk, identity, content, also in rows.values_list("pk", "identity_key", "content_hash", "also_key"):
        yield Live(pk, identity, content), also
