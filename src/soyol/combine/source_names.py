"""The name of a source on the command line: its file's name without the ending."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from soyol.intake import unseen

from .outcome import CombineError, ExitCode


def name_of(file: Path) -> str:
    """Return "film-council" for "lists/film-council.xlsx"; only the last ending goes ("a.b.csv" → "a.b").

    Bytes of a file's name that are no letters become U+FFFD, signs that nobody sees go.
    """
    return unicodedata.normalize("NFC", unseen.seen(file.stem))


def by_name(files: Iterable[Path]) -> dict[str, Path]:
    """Return the files by source name, in order of name, so that the order of arguments changes nothing.

    Raises CombineError (usage) for a file that is not there and for two files with one name.
    """
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for file in files:
        if file.is_dir():
            raise CombineError("combine.is_folder", ExitCode.USAGE, path=str(file))
        if not file.is_file():
            raise CombineError("combine.no_such_file", ExitCode.USAGE, path=str(file))
        found[name_of(file)].append(file)
    for name, same in found.items():
        if len(same) > 1:
            raise CombineError(
                "combine.equal_names", ExitCode.USAGE, name=name, files=", ".join(str(each) for each in same)
            )
    return {name: found[name][0] for name in sorted(found)}
