"""Mapping files: what columns mean, written by hand or exported by the site.

Three forms, by source: ``{"film": {"Утас": "phone", "Дугаар": null}}`` corrects what is recognised; a whole mapping as
``soyol.intake`` writes it (it has ``sheets``, or ``columns`` and ``kind``) replaces recognition. A whole mapping at the
top, without a source's name, holds for every file.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from soyol import intake

from .outcome import CombineError, ExitCode
from .source_names import name_of

#: Stands for every file that has no mapping of its own.
ANY = "*"


@dataclass(frozen=True)
class ByHand:
    """What was written about one source: a whole mapping, or corrections as heading → field or None."""

    path: Path  # of the mapping file, for errors
    whole: intake.Mapping | None = None
    corrections: Mapping[str, str | None] = field(default_factory=dict)

    def over(self, recognised: intake.Mapping) -> intake.Mapping:
        """Return the recognised mapping with the corrections; a heading that is in no sheet is wrong usage."""
        known = {column.name for sheet in recognised.sheets for column in sheet.columns}
        for heading in self.corrections:
            if heading not in known:
                accepted = ", ".join(sorted(known))
                raise refusal(self.path, f"there is no column {heading!r}; the columns are {accepted}")
        named = {heading for heading, told in self.corrections.items() if told}
        sheets = recognised.with_fields(self.corrections).sheets
        return intake.Mapping(
            tuple(
                replace(sheet, used=sheet.used or any(column.name in named for column in sheet.columns))
                for sheet in sheets
            ),
            recognised.differences,
        )


def load(path: Path, files: Iterable[Path]) -> dict[str, ByHand]:
    """Read a mapping file for ``files``: source name (or ANY) → what was written about it.

    Raises CombineError (usage) for a file that is not there or not JSON, and for sources and fields that do not exist.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return _by_source(stored, {name_of(file) for file in files}, path)
    except OSError as error:
        raise refusal(path, error.strerror or str(error)) from error
    except RecursionError as error:
        raise refusal(path, "its brackets are nested too deep") from error
    except ValueError as error:  # JSON, encoding and MappingError
        raise refusal(path, str(error)) from error


def refusal(path: Path, why: str) -> CombineError:
    """Return the error that says what is wrong with a mapping file."""
    return CombineError("combine.bad_mapping", ExitCode.USAGE, path=str(path), why=why)


def _by_source(stored: Any, sources: Collection[str], path: Path) -> dict[str, ByHand]:
    if not isinstance(stored, dict):
        raise intake.MappingError('the file is not an object such as {"list": {"Heading": "field"}}')
    if _is_whole(stored) or _is_short(stored):
        return {ANY: _one(stored, path)}
    for name in stored:
        if name not in sources and name != ANY:
            raise intake.MappingError(f"no list is called {name!r}; the lists are {', '.join(sorted(sources))}")
    return {name: _one(told, path) for name, told in stored.items()}


def _is_whole(told: Mapping[str, Any]) -> bool:
    has_columns = isinstance(told.get("columns"), dict | list) and not _is_short(told)
    return has_columns or isinstance(told.get("sheets"), list)


def _is_short(told: Mapping[str, Any]) -> bool:
    return isinstance(told.get("columns"), dict) and set(told) == {"columns"}


def _one(told: Any, path: Path) -> ByHand:
    if not isinstance(told, dict):
        raise intake.MappingError('what is said about a list is not an object such as {"Heading": "field"}')
    if _is_whole(told):
        return ByHand(path, whole=intake.Mapping.from_json(told))
    columns = told["columns"] if _is_short(told) else told
    # Reading the corrections as a mapping checks every field, with the accepted ones in the error.
    checked = intake.Mapping.from_json({"columns": columns})
    return ByHand(path, corrections={column.name: column.field for column in checked.sheets[0].columns})
