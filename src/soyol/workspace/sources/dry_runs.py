"""What a dry run says, in the order in which a reader wants it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soyol.sources.choices import Fate
from soyol.sources.queries import DryRow, DryRun


@dataclass(frozen=True, slots=True)
class FateList:
    """The first rows that share a fate."""

    label: str
    count: int
    rows: list[DryRow]
    changes: bool


def fates(dry_run: DryRun | None) -> list[FateList]:
    """Rows by fate, those that need a person first; nothing without a dry run."""
    if dry_run is None:
        return []
    order = (Fate.TROUBLE, Fate.CHANGED, Fate.NEW, Fate.UNLISTED, Fate.KNOWN)
    return [
        FateList(
            label=str(fate.label),
            count=int(getattr(dry_run, fate.value)),
            rows=list(dry_run.lists.get(fate, ())),
            changes=fate == Fate.CHANGED,
        )
        for fate in order
    ]


def rows_to_import(dry_run: DryRun | None) -> int:
    """How many rows the import button promises to write."""
    return dry_run.new + dry_run.changed + dry_run.known if dry_run else 0


def counted(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """The figures of an import with their words, those that are there."""
    n = {fate: counts.get(fate, 0) for fate in Fate}
    words = {
        Fate.NEW: ngettext("new row", "new rows", n[Fate.NEW]),
        Fate.KNOWN: _("known, unchanged"),
        Fate.CHANGED: ngettext("changed row", "changed rows", n[Fate.CHANGED]),
        Fate.UNLISTED: _("no longer listed"),
        Fate.TROUBLE: ngettext("row in trouble", "rows in trouble", n[Fate.TROUBLE]),
    }
    return [(counts[fate], label) for fate, label in words.items() if fate in counts]
