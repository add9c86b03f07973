"""Where a run works and how its files come to stand at their place: all of them at the end, or none.

The run works in a hidden folder beside the target, readable by the user alone because it holds people's rows in clear.
A run that is killed leaves only that folder; the next run to the same target clears it away.
"""

import os
import re
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from .outcome import CombineError, ExitCode

OUTPUTS = ("registry.csv", "members.csv", "review.csv", "problems.csv", "report.html")


class Place:
    """The target folder and the hidden folder of this run: ``ready`` for finished files, ``work`` for passing ones."""

    def __init__(self, to: Path) -> None:
        self.to = to.absolute()
        self._hidden = self.to.parent / f".{self.to.name}.soyol-{os.getpid()}"
        self.ready = self._hidden / "ready"
        self.work = self._hidden / "work"

    def __enter__(self) -> Self:
        if self.to.exists() and not self.to.is_dir():
            raise CombineError("combine.not_a_folder", ExitCode.USAGE, path=str(self.to))
        try:
            self.to.parent.mkdir(parents=True, exist_ok=True)
            self._sweep()
            self._hidden.mkdir(mode=0o700)
            self.work.mkdir()
            self.ready.mkdir()
        except OSError as error:
            raise CombineError(
                "combine.cannot_write", ExitCode.USAGE, path=str(self.to), why=error.strerror or str(error)
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._hidden, ignore_errors=True)

    def publish(self) -> None:
        """Put the finished files at the target: by one rename where nothing else stands there, else file by file."""
        present = {each.name for each in self.to.iterdir()} if self.to.exists() else set()
        if present <= set(OUTPUTS):
            self._swap()
            return
        for name in OUTPUTS:
            (self.ready / name).replace(self.to / name)

    def _swap(self) -> None:
        former = self._hidden / "former"
        if self.to.exists():
            self.ready.chmod(self.to.stat().st_mode & 0o7777)
            self.to.rename(former)
        self.ready.rename(self.to)

    def _sweep(self) -> None:
        for stale in self.to.parent.glob(f".{_plain(self.to.name)}.soyol-*"):
            found = re.fullmatch(r".*\.soyol-(\d+)", stale.name)
            if found and not _is_alive(int(found[1])):
                if (stale / "former").is_dir() and not self.to.exists():
                    (stale / "former").rename(self.to)  # killed between the two renames of a swap
                shutil.rmtree(stale, ignore_errors=True)


def _plain(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
