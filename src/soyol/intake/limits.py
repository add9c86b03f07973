"""How much a file may cost before its reading is stopped: a promise to the other users of the machine."""

from dataclasses import asdict, dataclass, fields
from typing import Any

MEGABYTE = 1024 * 1024
#: Seconds for which a process that reads files stands by: memory is not held for a list that does not come.
IDLE = 600


@dataclass(frozen=True)
class Limits:
    """Limits of one reading. Sizes are in bytes, times in seconds.

    ``memory`` is address space, not resident memory: libraries reserve several times what they touch, so the
    figure is generous; what is really used by a 10-million-row CSV stays below 150 MB.
    """

    file_bytes: int = 4096 * MEGABYTE
    memory: int = 4096 * MEGABYTE
    cpu_seconds: int = 900
    wall_seconds: int = 1800
    written_bytes: int = 1024 * MEGABYTE  # one file under ``into``; chunks are far smaller
    archive_entries: int = 5_000
    archive_bytes: int = 2048 * MEGABYTE  # all parts of a workbook, or all cells of a packed list, unpacked
    archive_ratio: int = 250  # of a part larger than 1 MB; a real sheet of equal rows reaches about 100
    cells: int = 30_000_000  # of the rectangle round a sheet's filled cells; calamine takes about 32 bytes for each
    repeated_rows: int = 1_000  # one row with something in it, stored once and said to stand so many times (ODS)
    repeated_sum: int = 100_000  # what all such rows of a file add to those that are stored
    merged_lines: int = 1_000_000  # lines of a sheet that merged cells reach over, all together
    columns: int = 2_000
    line_bytes: int = 16 * MEGABYTE
    json_bytes: int = 512 * MEGABYTE  # a JSON document is read whole; JSON Lines are not

    def as_json(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Limits":
        names = {each.name for each in fields(cls)}
        return cls(**{name: int(value) for name, value in stored.items() if name in names})
