"""Reading lists as they arrive: files into raw rows, columns recognised, values normalised, problems by row.

``read`` → ``recognise`` → ``stage``; ``annotated_workbook`` gives the problems back to the keeper of the list,
and ``excerpt_of`` knows such a workbook again when it comes back.
No Django here. Names are loaded when they are first used, so that the caged process stays small.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soyol.intake.annotating import annotated_workbook
    from soyol.intake.at_hand import Understood, first_rows, reading_at_hand, summary_row, understand, understand_all
    from soyol.intake.door import prepare, read
    from soyol.intake.excerpts import excerpt_of, marked_rows
    from soyol.intake.limits import Limits
    from soyol.intake.mapping import Column, Mapping, MappingError, SheetMapping
    from soyol.intake.problems import Problem
    from soyol.intake.reading import Reading, Sheet
    from soyol.intake.recognising import recognise
    from soyol.intake.staged import Staged
    from soyol.intake.staging import Cancelled, stage
    from soyol.intake.words_of import known_headings

_HOMES = {
    "Cancelled": "staging",
    "Column": "mapping",
    "Mapping": "mapping",
    "MappingError": "mapping",
    "SheetMapping": "mapping",
    "Staged": "staged",
    "Understood": "at_hand",
    "annotated_workbook": "annotating",
    "excerpt_of": "excerpts",
    "first_rows": "at_hand",
    "known_headings": "words_of",
    "marked_rows": "excerpts",
    "reading_at_hand": "at_hand",
    "recognise": "recognising",
    "stage": "staging",
    "summary_row": "at_hand",
    "understand": "at_hand",
    "understand_all": "at_hand",
    "Limits": "limits",
    "Problem": "problems",
    "Reading": "reading",
    "Sheet": "reading",
    "prepare": "door",
    "read": "door",
}

__all__ = [
    "Cancelled",
    "Column",
    "Limits",
    "Mapping",
    "MappingError",
    "Problem",
    "Reading",
    "Sheet",
    "SheetMapping",
    "Staged",
    "Understood",
    "annotated_workbook",
    "excerpt_of",
    "first_rows",
    "known_headings",
    "marked_rows",
    "prepare",
    "read",
    "reading_at_hand",
    "recognise",
    "stage",
    "summary_row",
    "understand",
    "understand_all",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
