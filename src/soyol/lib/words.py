"""Words for people from code that knows no Django: one plain catalogue, TOML files in each package.

Every package below the site keeps ``words/<language>.toml``. A line is ``code = "text with {named} places"``;
a table whose keys are plural categories (``one``, ``other``) is chosen by the parameter ``n``; any other table
is a prefix: ``[intake] far_cell = "…"`` has the code ``intake.far_cell``.
"""

import string
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

#: Packages that speak. Named, not imported: this module is below all of them.
PACKAGES = ("lib", "linkage", "packs", "intake", "combine")
PLURALS = frozenset({"one", "other"})


class UnknownWordsError(KeyError):
    """A code, language or parameter that the catalogue does not have: always a mistake in our own code."""

    def __str__(self) -> str:
        return str(self.args[0])


def languages() -> tuple[str, ...]:
    """Languages that the catalogue speaks, sorted."""
    folder = files("soyol").joinpath("lib", "words")
    return tuple(sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")))


@lru_cache(maxsize=8)
def catalogue(lang: str) -> Mapping[str, str | dict[str, str]]:
    """Every code of one language with its text, or with its texts by plural category."""
    if lang not in languages():
        raise UnknownWordsError(f"no words in the language {lang!r}; there are {', '.join(languages())}")
    found: dict[str, str | dict[str, str]] = {}
    for package in PACKAGES:
        path = files("soyol").joinpath(package, "words", f"{lang}.toml")
        if not path.is_file():
            continue
        for code, entry in _flat(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            if code in found:
                raise UnknownWordsError(f"{package}/words/{lang}.toml: the code {code!r} is taken by another package")
            found[code] = entry
    return found


def say(code: str, params: Mapping[str, object] | None = None, lang: str = "en") -> str:
    """The text of ``code`` in ``lang`` with ``params`` in its places; a missing code or parameter is an error."""
    entry = catalogue(lang).get(code)
    if entry is None:
        raise UnknownWordsError(
            f"no words for the code {code!r} in {lang!r}: add it to the package's words/{lang}.toml"
        )
    params = params or {}
    if isinstance(entry, dict):
        if "n" not in params:
            raise UnknownWordsError(f"the words for {code!r} depend on a number: give the parameter n")
        entry = entry["one" if params["n"] == 1 and "one" in entry else "other"]
    try:
        return entry.format_map(params)
    except KeyError as error:
        raise UnknownWordsError(f"the words for {code!r} in {lang!r} need the parameter {error.args[0]!r}") from error


def places(entry: str | dict[str, str]) -> frozenset[str]:
    """Names of the places in a text; over all plural forms together."""
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str | dict[str, str]]]:
    found: list[tuple[str, str | dict[str, str]]] = []
    for key, value in table.items():
        code = f"{prefix}{key}"
        if isinstance(value, str) or (isinstance(value, dict) and "other" in value and set(value) <= PLURALS):
            found.append((code, value))
        elif isinstance(value, dict):
            found += _flat(value, f"{code}.")
        else:
            raise UnknownWordsError(f"the words for {code!r} are neither a text nor a table: {value!r}")
    return found
