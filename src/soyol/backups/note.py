"""The note in a data folder that it came out of a backup, and that what belongs to a restore is not done yet."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from soyol.backups.rules import Refused

NAME = "restored.json"


@dataclass(frozen=True, slots=True)
class Note:
    """Which backup it was; the same for every restore of one backup."""

    digest: str
    made_at: str


def leave(place: Path, note: Note) -> None:
    """Say in ``place`` that it was restored."""
    path = place / NAME
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(note)), encoding="utf-8")


def read(place: Path) -> Note | None:
    """What the note in ``place`` says; None when there is none."""
    path = place / NAME
    return Note(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def take_away(place: Path) -> None:
    """Say that all is done."""
    (place / NAME).unlink()


def refuse_unfinished(place: Path) -> None:
    """Refused where a restore waits for its end: nobody is served and nothing is worked on before."""
    if read(place) is not None:
        raise Refused(
            f"{place} was restored from a backup, and what belongs to that is not done yet.",
            "Run  ./soyol manage prepare  there (./soyol up does it by itself), then start again.",
        )
