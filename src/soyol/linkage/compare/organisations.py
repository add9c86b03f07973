"""Comparing two records of organisations or groups."""

import numpy as np

from soyol.linkage.compare import contacts, texts
from soyol.linkage.compare.columns import Columns, Floats, Ints, Levels, any_equal, both_known, per_distinct_pair
from soyol.linkage.compare.outcome import Compared, Comparison

CORE = ("unknown", "different", "overlaps", "near", "acronym", "within", "meaning", "typo", "equal")

COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "core",
        CORE,
        (0.04, 0.05, 0.06, 0.03, 0.08, 0.04, 0.12, 0.58),
        rare=(7, 8),
        prior_of={
            "kin": (0.05, 0.30, 0.29, 0.02, 0.18, 0.01, 0.10, 0.05),
            "namesake": (0.01, 0.02, 0.04, 0.01, 0.10, 0.04, 0.12, 0.66),
        },
        held=("namesake",),
    ),
    Comparison(
        "distinct",
        ("unknown", "conflict", "one_sided", "same"),
        (0.01, 0.09, 0.90),
        prior_of={"kin": (0.60, 0.10, 0.30)},
    ),
    Comparison("form", ("unknown", "different", "equal"), (0.06, 0.94), prior_of={"kin": (0.10, 0.90)}),
    Comparison(
        "branch",
        ("unknown", "different", "one_sided", "equal"),
        (0.02, 0.08, 0.90),
        prior_of={"kin": (0.40, 0.50, 0.10)},
    ),
    Comparison(
        "number",
        ("unknown", "different", "doubtful", "one_edit", "equal"),
        (0.01, 0.03, 0.05, 0.91),
        prior_of={"kin": (0.94, 0.02, 0.02, 0.02), "namesake": (0.95, 0.02, 0.02, 0.01)},
        held=("kin", "namesake"),
    ),
    Comparison("phone", contacts.SHARED, (0.40, 0.05, 0.10, 0.45), prior_of={"kin": (0.80, 0.05, 0.10, 0.05)}),
    Comparison(
        "email",
        contacts.SHARED,
        (0.30, 0.02, 0.03, 0.65),
        prior_of={"kin": (0.80, 0.05, 0.10, 0.05), "namesake": (0.70, 0.05, 0.10, 0.15)},
    ),
    Comparison("website", ("unknown", "different", "equal"), (0.15, 0.85)),
    Comparison(
        "unit",
        contacts.PLACE,
        (0.06, 0.06, 0.13, 0.75),
        rare=(4,),
        prior_of={"kin": (0.60, 0.15, 0.10, 0.15), "namesake": (0.40, 0.20, 0.15, 0.25)},
    ),
    Comparison("address", contacts.ALIKE, (0.45, 0.15, 0.40), prior_of={"kin": (0.85, 0.10, 0.05)}),
    Comparison("director", contacts.ALIKE, (0.30, 0.20, 0.50), prior_of={"kin": (0.90, 0.05, 0.05)}, held=("kin",)),
    Comparison("founder", contacts.ALIKE, (0.15, 0.20, 0.65)),
    Comparison("founded", ("unknown", "different", "near_year", "equal"), (0.08, 0.07, 0.85)),
    Comparison("domain", ("unknown", "different", "equal"), (0.15, 0.85)),
    Comparison("kind", ("unknown", "different", "equal"), (0.03, 0.97)),
    Comparison("external", ("unknown", "different", "equal"), (0.02, 0.98)),
)


def compare_organisations(columns: Columns, left: Ints, right: Ints) -> Compared:
    """Levels and shares for the pairs of rows ``left[i]``, ``right[i]`` of a prepared table of organisations."""
    levels: dict[str, Levels] = {
        "core": _core(columns, left, right),
        "distinct": _distinct(columns, left, right),
        "form": contacts.equal_or_not(columns.coded("form").codes["form"], left, right),
        "branch": _branch(columns, left, right),
        "number": contacts.number(columns, left, right),
        "phone": contacts.shared_contact(columns, ("phone_1", "phone_2", "phone_3"), left, right),
        "email": contacts.shared_contact(columns, ("email_1", "email_2"), left, right),
        "website": contacts.equal_or_not(columns.coded("website").codes["website"], left, right),
        "unit": contacts.place(columns, left, right),
        "address": contacts.alike(columns, "address_key", left, right),
        "director": _person(columns, "director", left, right),
        "founder": _person(columns, "founder", left, right),
        "founded": _founded(columns, left, right),
        "domain": contacts.equal_or_not(columns.coded("domain_1").codes["domain_1"], left, right),
        "kind": contacts.equal_or_not(columns.coded("kind").codes["kind"], left, right),
        "external": contacts.external(columns, left, right),
    }
    return Compared(levels, _shares(columns, left, right))


def _core(columns: Columns, left: Ints, right: Ints) -> Levels:
    coded = columns.coded("core")
    mine, theirs = coded.codes["core"][left], coded.codes["core"][right]
    levels = np.zeros(len(left), dtype=np.int8)
    at = np.flatnonzero(both_known(mine, theirs))
    if len(at) == 0:
        return levels
    levels[at] = per_distinct_pair(
        mine[at], theirs[at], coded.words, lambda a, b: texts.organisation_levels(coded, a, b)
    )
    said = columns.coded("meaning")
    mine, theirs = said.codes["meaning"][left], said.codes["meaning"][right]
    at = np.flatnonzero(both_known(mine, theirs) & (levels >= 1) & (levels < texts.NAME_MEANING))
    if len(at):
        alike = per_distinct_pair(mine[at], theirs[at], said.words, lambda a, b: texts.organisation_levels(said, a, b))
        levels[at] = np.maximum(levels[at], np.minimum(alike, texts.NAME_MEANING))
    for name, level in (("tokens", texts.NAME_EQUAL), ("core_sound", texts.NAME_TYPO)):
        codes = columns.coded(name).codes[name]
        same = both_known(codes[left], codes[right]) & (codes[left] == codes[right])
        levels[same & (levels >= 1) & (levels < level)] = level
    names = columns.coded("former", "compact").codes
    renamed = np.zeros(len(left), dtype=bool)
    for one, two in ((left, right), (right, left)):
        renamed |= (names["former"][one] != -1) & (names["former"][one] == names["compact"][two])
    renamed |= both_known(names["former"][left], names["former"][right]) & (
        names["former"][left] == names["former"][right]
    )
    levels[renamed & (levels >= 1)] = texts.NAME_EQUAL
    acronyms = columns.coded("acronym", "compact").codes
    short = np.zeros(len(left), dtype=bool)
    for one, two in ((left, right), (right, left)):
        key, whole = acronyms["acronym"][one], acronyms["compact"][two]
        short |= (key != -1) & (key == whole)
    levels[short & (levels >= 1) & (levels < texts.NAME_ACRONYM)] = texts.NAME_ACRONYM
    return levels


def _distinct(columns: Columns, left: Ints, right: Ints) -> Levels:
    """Numerals and places within the name: both have some and they differ, only one has some, or they agree."""
    levels = np.full(len(left), 3, dtype=np.int8)
    digits = columns.coded("digits").codes["digits"]
    names = ("place_named_1", "place_named_2", "place_named_3")
    places = columns.coded(*names).codes
    shared, _ = any_equal([places[name][left] for name in names], [places[name][right] for name in names])
    for codes, same in ((digits, digits[left] == digits[right]), (places["place_named_1"], shared)):
        mine, theirs = codes[left], codes[right]
        levels[((mine == -1) != (theirs == -1)) & (levels > 2)] = 2
        levels[both_known(mine, theirs) & ~same] = 1
    return levels


def _branch(columns: Columns, left: Ints, right: Ints) -> Levels:
    """Two branches of different places, a branch and what is none or does not say which, or the same."""
    codes, flags = columns.coded("branch").codes["branch"], columns.flags("is_branch")
    mine, theirs = codes[left], codes[right]
    levels = np.where(flags[left] == flags[right], 3, 2).astype(np.int8)
    levels[(mine == -1) != (theirs == -1)] = 2
    levels[both_known(mine, theirs) & (mine != theirs)] = 1
    return levels


def _person(columns: Columns, role: str, left: Ints, right: Ints) -> Levels:
    """The named person: alike as text, or at least the same given name."""
    levels = contacts.alike(columns, role, left, right)
    given = contacts.equal_or_not(columns.coded(f"{role}_given").codes[f"{role}_given"], left, right)
    return np.where((levels == 1) & (given == 2), 2, levels).astype(np.int8)


def _founded(columns: Columns, left: Ints, right: Ints) -> Levels:
    mine, theirs = columns.numbers("founded_y")[left], columns.numbers("founded_y")[right]
    levels = np.where(both_known(mine, theirs), 1, 0).astype(np.int8)
    levels[(levels == 1) & (np.abs(mine - theirs) <= 1)] = 2
    levels[(levels >= 1) & (mine == theirs)] = 3
    return levels


def _shares(columns: Columns, left: Ints, right: Ints) -> dict[str, Floats]:
    return {
        name: np.fmax(columns.shares(f"tf_{name}")[left], columns.shares(f"tf_{name}")[right])
        for name in ("core", "unit")
    }
