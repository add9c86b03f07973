"""Where a run works and how its files come to stand at their place: all of them at the end, or none.

The run works in a hidden folder beside the target, readable by the user alone because it holds people's rows in clear.
Where nothing can be beside it (the target is a mount point, or its parent may not be written), the hidden folder is in
the target. A run that is killed leaves only that folder; the next run to the same target clears it away.
"""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from .outcome import CombineError, ExitCode

OUTPUTS = ("registry.csv", "members.csv", "review.csv", "problems.csv", "report.html")


class Place:
    """The target folder and the hidden folder of this run: ``ready`` for finished files, ``work`` for passing ones.

    A target that is a link stands for the folder it leads to. ``inputs`` are the files of the run: one that the results
    would replace is wrong usage.
    """

    def __init__(self, to: Path, inputs: Iterable[Path] = ()) -> None:
        self.to = _target(to)
        self._inputs = tuple(inputs)
        self._homes = (self.to.parent, self.to)
        self._settle(self.to.parent)

    def _settle(self, home: Path) -> None:
        self._hidden = home / f".{self.to.name}.soyol-{os.getpid()}"
        self.ready = self._hidden / "ready"
        self.work = self._hidden / "work"

    def __enter__(self) -> Self:
        if self.to.exists() and not self.to.is_dir():
            raise CombineError("combine.not_a_folder", ExitCode.USAGE, path=str(self.to))
        self._spare_inputs()
        try:
            self._sweep()
            self._make_hidden()
            self.work.mkdir()
            self.ready.mkdir()
        except OSError as error:
            raise self._cannot_write(error, ExitCode.USAGE) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._hidden, ignore_errors=True)

    def publish(self) -> None:
        """Put the finished files at the target: by one rename where nothing else stands there, else file by file."""
        present = {each.name for each in self.to.iterdir()} if self.to.exists() else set()
        try:
            if not (present <= set(OUTPUTS) and self._swap()):
                self._one_by_one()
        except OSError as error:
            raise self._cannot_write(error, ExitCode.ENGINE_FAILED) from error

    def _cannot_write(self, error: OSError, code: ExitCode) -> CombineError:
        return CombineError("combine.cannot_write", code, path=str(self.to), why=error.strerror or str(error))

    def _spare_inputs(self) -> None:
        results = [self.to / name for name in OUTPUTS if (self.to / name).exists()]
        for file in self._inputs:
            if any(file.samefile(result) for result in results):
                raise CombineError("combine.input_is_output", ExitCode.USAGE, path=str(file), folder=str(self.to))

    def _make_hidden(self) -> None:
        """Make the hidden folder beside the target, or in it where that is impossible."""
        if not os.path.ismount(self.to):
            try:
                self.to.parent.mkdir(parents=True, exist_ok=True)
                self._hidden.mkdir(mode=0o700)
            except OSError:
                if not self.to.is_dir():
                    raise
            else:
                return
        self._settle(self.to)
        self._hidden.mkdir(mode=0o700)

    def _swap(self) -> bool:
        """Exchange the whole folder; False, with all as it was, where this file system cannot."""
        former = self._hidden / "former"
        there = self.to.exists()
        try:
            if there:
                self.ready.chmod(self.to.stat().st_mode & 0o7777)
                self.to.rename(former)
            self.ready.rename(self.to)
        except OSError:
            if former.exists():
                former.rename(self.to)
            if not there:
                raise
            return False
        return True

    def _one_by_one(self) -> None:
        """Replace each file, which is all or nothing; when one cannot be, those before it are put back."""
        kept = self._hidden / "kept"
        kept.mkdir()
        for name in OUTPUTS:
            if (self.to / name).exists():
                shutil.copy2(self.to / name, kept / name)
        done: list[str] = []
        try:
            for name in OUTPUTS:
                (self.ready / name).replace(self.to / name)
                done.append(name)
        except OSError:
            for name in done:
                if (kept / name).exists():
                    (kept / name).replace(self.to / name)
                else:
                    (self.to / name).unlink()
            raise

    def _sweep(self) -> None:
        for stale in [each for home in self._homes for each in home.glob(f".{_plain(self.to.name)}.soyol-*")]:
            found = re.fullmatch(r".*\.soyol-(\d+)", stale.name)
            if found and not _is_alive(int(found[1])):
                if (stale / "former").is_dir() and not self.to.exists():
                    (stale / "former").rename(self.to)  # killed between the two renames of a swap
                shutil.rmtree(stale, ignore_errors=True)


def _target(to: Path) -> Path:
    """The folder that ``to`` means, links followed as far as they lead."""
    try:
        return to.resolve()
    except (OSError, RuntimeError) as error:  # a link that leads to itself
        raise CombineError("combine.cannot_write", ExitCode.USAGE, path=str(to), why=str(error)) from error


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
