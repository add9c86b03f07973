"""The two models, of persons and of organisations: what each blocks by, compares and forbids."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from soyol.linkage.block import Rule, organisation_rules, person_rules
from soyol.linkage.cluster import Constraints, Judged
from soyol.linkage.compare import organisations, persons, texts
from soyol.linkage.compare.columns import Columns, Ints, Levels
from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.engines import Compare
from soyol.linkage.settings import Settings


@dataclass(frozen=True)
class Part:
    """One of the two models: its name, rules, comparisons, how to compare, and columns with frequencies."""

    name: str
    rules: tuple[Rule, ...]
    comparisons: tuple[Comparison, ...]
    compare: Compare


def parts() -> tuple[Part, Part]:
    """Persons first, then organisations and groups."""
    return (
        Part("persons", person_rules(), persons.COMPARISONS, persons.compare_persons),
        Part("organisations", organisation_rules(), organisations.COMPARISONS, organisations.compare_organisations),
    )


def constraints_of(frame: pl.DataFrame, settings: Settings, judged: Judged) -> Constraints:
    """What must not be contradicted within one entity of this prepared table."""
    columns = Columns(frame)
    known = np.where(columns.flags("number_known"), columns.coded("number").codes["number"], -1)
    exclusive = {"number": known.astype(np.int32)}
    births = None
    if "branch" in frame.columns:
        exclusive["branch"] = columns.coded("branch").codes["branch"]
    else:
        births = np.stack([columns.numbers(f"birth_date_{part}") for part in "ymd"], axis=1)
    # An equal number vouches for two rows also where it is not one that could tell them apart.
    identifiers = columns.coded("number").codes["number"], columns.coded("external_1").codes["external_1"]
    source = columns.coded("source")
    unique = frozenset(at for at, name in enumerate(source.words) if name in settings.unique_sources)
    return Constraints(exclusive, births, source.codes["source"], unique, judged, identifiers)


#: Comparisons of the name itself.
NAMES = frozenset({"given", "surname", "order", "core", "distinct", "branch", "form", "kind"})


def vetoes(part: Part, compared: Compared, same_list: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Pairs that may not merge by themselves, whatever their weight: names that contradict each other.

    Given names that differ keep two people apart (twins, parent and child) unless an identifier and two of birth date,
    surname, address and a phone or e-mail vouch for one. Surnames that differ do, unless something of the person's
    own agrees: lists of one profession have strangers with one given name, one year of birth and one of death. An
    equal register number overrules what the words of an organisation's name seem to say, not that one row is a
    branch of the other's body. Bodies of wholly different names are two of one owner, as far as a phone and an
    address can tell: it takes an identifier, a website, an e-mail, or the day of founding to tell a renamed one.
    Two rows of one list (``same_list``) that have nothing but the name to compare are namesakes or a stand-in such
    as "unknown"; and whoever keeps a list tells its rows apart, so that two of its rows with names that are merely
    alike are two (twins, schools of two countries), unless an identifier is equal.
    """
    levels = compared.levels
    bare = same_list & ~np.any([values > 0 for name, values in levels.items() if name not in NAMES], axis=0)
    if part.name == "persons":
        identified = (levels["number"] == 4) | (levels["external"] == 2)
        reached = (levels["phone"] >= 3) | (levels["email"] >= 3)
        witnesses = (levels["birth"] >= 5).astype(int) + (levels["surname"] >= texts.TYPO)
        witnesses += (levels["address"] >= 2).astype(int) + reached
        vouched = identified & (witnesses >= 2)
        own = identified | (levels["number"] == 3) | (levels["birth"] == 6)
        own |= reached
        given = (levels["given"] == texts.DIFFERENT) & ~vouched
        surname = (levels["surname"] == texts.DIFFERENT) & ~own
        neighbours = same_list & ~identified & _names_unlike(levels)
        return np.asarray(bare | neighbours | ((given | surname) & (levels["stage"] != 2)))
    identified = (levels["number"] == 4) | (levels["external"] == 2) | (levels["website"] == 2) | (levels["email"] >= 3)
    renamed = identified | ((levels["founded"] == 3) & ((levels["phone"] >= 3) | (levels["director"] >= 2)))
    told_apart = (levels["distinct"] == 1) | (levels["form"] == 1)
    other_name = (levels["core"] == texts.NAME_DIFFERENT) & ~renamed
    other_name |= same_list & ~identified & (levels["core"] > 0) & (levels["core"] < texts.NAME_ACRONYM)
    return np.asarray(bare | other_name | (told_apart & (levels["number"] != 4)) | (levels["branch"] == 1))


def _names_unlike(levels: Mapping[str, Levels]) -> npt.NDArray[np.bool_]:
    """Whether given names or surnames are known to be more than a slip of writing apart."""
    return np.asarray(
        np.any([(levels[name] > 0) & (levels[name] <= texts.LIKE) for name in ("given", "surname")], axis=0)
    )


def lists_of(frame: pl.DataFrame) -> Ints:
    """Code of each row's list."""
    return Columns(frame).coded("source").codes["source"]


def of_one_list(frame: pl.DataFrame, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Whether the rows of each pair come from the same list."""
    source = lists_of(frame)
    return np.asarray(source[left] == source[right])
