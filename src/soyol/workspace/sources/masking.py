"""National numbers on the pages of files: masked as everywhere at the desk, whatever column they stand in.

A cell is masked whole where its column was said to hold such numbers or the problem is about one; elsewhere every word
is masked that has the shape of one. Whoever must see them takes the workbook, which is a look and written down as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from soyol.intake.mapping import Column
from soyol.intake.mapping import Mapping as Columns
from soyol.registry.masking import Masker
from soyol.sources.models import Batch, RecordProblem
from soyol.sources.queries import DryRow
from soyol.workspace.sources.dry_runs import FateList

#: Meanings of columns whose cells are, or were meant to be, national numbers of persons.
SECRET = frozenset({"person_number", "register_number"})
#: Problems whose value is one.
ABOUT_NUMBERS = frozenset({"intake.person_number", "intake.number_in_wrong_column"})


@dataclass(frozen=True, slots=True)
class ProblemShown:
    """A problem as its page shows it."""

    problem: RecordProblem
    value: str
    words: str
    way_out: str


class CellMasker(Masker):
    """The same for cells of a table, and for columns of it."""

    def rows(self, header: Sequence[str], rows: list[list[str]], secret: frozenset[str]) -> list[list[str]]:
        """Rows of cells under ``header``; those of secret columns are masked whole."""
        whole = [name in secret for name in header]
        return [[self.text(cell, whole=hide) for cell, hide in zip(row, whole, strict=True)] for row in rows]

    def column(self, column: Column) -> Column:
        """A column with its samples masked."""
        hide = column.field in SECRET
        return replace(column, samples=tuple(self.text(text, whole=hide) for text in column.samples))


def secret_columns(mapping: Columns | None) -> frozenset[str]:
    """Names of the columns that were said to hold numbers of persons."""
    sheets = mapping.sheets if mapping is not None else ()
    return frozenset(column.name for sheet in sheets for column in sheet.columns if column.field in SECRET)


def _secret_in(batch: Batch) -> frozenset[str]:
    return secret_columns(Columns.from_json(batch.mapping) if batch.mapping else None)


def problems_shown(batch: Batch, problems: list[RecordProblem]) -> list[ProblemShown]:
    """Problems with their words, and the value that stands there masked."""
    secret = _secret_in(batch)
    masker = CellMasker(problem.value for problem in problems)
    shown = []
    for problem in problems:
        whole = problem.code in ABOUT_NUMBERS or problem.column in secret
        problem.value = masker.text(problem.value, whole=whole)  # its sentences may say the value too
        shown.append(ProblemShown(problem, problem.value, problem.words(), problem.way_out_words()))
    return shown


def fates_masked(batch: Batch, fates: list[FateList]) -> list[FateList]:
    """The rows of a dry run with their numbers masked."""
    secret = _secret_in(batch)
    cells = (str(cell) for fate in fates for row in fate.rows for side in (row.was, row.now) for cell in side.values())
    masker = CellMasker(cells)
    return [replace(fate, rows=[_masked(row, masker, secret) for row in fate.rows]) for fate in fates]


def _masked(row: DryRow, masker: CellMasker, secret: frozenset[str]) -> DryRow:
    was, now = (
        {name: masker.text(str(cell), whole=name in secret) for name, cell in side.items()}
        for side in (row.was, row.now)
    )
    return replace(row, was=was, now=now)
