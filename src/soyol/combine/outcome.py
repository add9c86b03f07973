"""What a run came to: its figures, its files, and the exit code of the command line."""

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

#: The pack of no country.
NEUTRAL = "neutral"


class ExitCode(IntEnum):
    """How ``soyol combine`` ends; the numbers are part of the documented interface and never change."""

    OK = 0
    SOME_REFUSED = 1  # the outputs are written, but at least one file could not be read
    USAGE = 2  # wrong arguments, two equal source names, an unreadable mapping file
    NOTHING_READ = 3  # no file gave a single row; nothing is written
    ENGINE_FAILED = 4  # reading was well, linking or writing was not; nothing is written
    UNFORESEEN = 5  # a mistake of ours; nothing is written
    TOO_MANY = 6  # more rows than fit into the memory of this machine; nothing is written
    CANCELLED = 130  # stopped by the user (Ctrl-C) or by a termination signal; nothing is written


class CombineError(Exception):
    """A run that cannot go on; ``code`` and ``params`` are words of the plain catalogue."""

    def __init__(self, code: str, exit_code: ExitCode, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.exit_code = exit_code
        self.params = params


@dataclass(frozen=True)
class SourceOutcome:
    """One file: how much of it was read, under which mapping, or why not.

    ``left_out`` are rows that are in no entry, and no totals; ``refused`` is (code, params) or None.
    """

    source: str
    file_name: str
    rows: int = 0
    totals: int = 0
    left_out: int = 0
    problems: int = 0
    refused: tuple[str, dict[str, Any]] | None = None
    sheets: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The run as a whole; counts are of records, entities and pairs, ``seconds`` by step are wall time."""

    to: Path
    sources: tuple[SourceOutcome, ...]
    records: int
    entities: int
    review_pairs: int
    problems: int
    seconds: dict[str, float] = field(default_factory=dict)
    pack: str = ""
    #: The country's pack that knows most headings, where no country was named and the neutral pack knows fewer.
    fitting: str = ""

    @property
    def rows(self) -> int:
        """Rows of all lists."""
        return sum(each.rows for each in self.sources)

    @property
    def left_out(self) -> int:
        """Rows of all lists that are in no entry, and no totals."""
        return sum(each.left_out for each in self.sources)

    @property
    def exit_code(self) -> ExitCode:
        """OK, or SOME_REFUSED when a file could not be read."""
        return ExitCode.SOME_REFUSED if any(each.refused for each in self.sources) else ExitCode.OK
