"""Comparisons that persons and organisations share: numbers, phones, e-mails, places, addresses, work."""

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from soyol.linkage.compare.columns import (
    UNKNOWN,
    Coded,
    Columns,
    Ints,
    Levels,
    any_equal,
    both_known,
    per_distinct_pair,
)
from soyol.linkage.compare.texts import rarity_weighted, strings_of, token_matrix

#: A phone or e-mail: how many names use the shared one decides what it says.
SHARED = ("unknown", "different", "shared_office", "shared_household", "shared_own")
#: Different names on one phone from which it is an office's (a household seldom has more than five in such lists).
OFFICE_FROM = 6
HOUSEHOLD_FROM = 2

PLACE = ("unknown", "other_region", "same_region", "within", "same")
ALIKE = ("unknown", "different", "like", "equal")


def equal_or_not(codes: Ints, left: Ints, right: Ints) -> Levels:
    """0 unknown, 1 different, 2 equal."""
    mine, theirs = codes[left], codes[right]
    return np.where(both_known(mine, theirs), np.where(mine == theirs, 2, 1), 0).astype(np.int8)


def number(columns: Columns, left: Ints, right: Ints) -> Levels:
    """0 unknown, 1 two different relied-on numbers, 2 different with a doubtful one, 3 one slip apart, 4 equal."""
    coded = columns.coded("number")
    mine, theirs = coded.codes["number"][left], coded.codes["number"][right]
    sure = columns.flags("number_known")
    levels = np.zeros(len(left), dtype=np.int8)
    at = np.flatnonzero(both_known(mine, theirs))
    if len(at) == 0:
        return levels

    def slips(first: Ints, second: Ints) -> Levels:
        pairs = strings_of(coded, first), strings_of(coded, second)
        return process.cpdist(*pairs, scorer=OSA.distance, score_cutoff=2, dtype=np.int32).astype(np.int8)

    edits = per_distinct_pair(mine[at], theirs[at], coded.words, slips)
    apart = np.where(sure[left][at] & sure[right][at], 1, 2)
    levels[at] = np.where(edits == 0, 4, np.where(edits == 1, 3, apart))
    return levels


def shared_contact(columns: Columns, names: tuple[str, ...], left: Ints, right: Ints) -> Levels:
    """0 unknown, 1 none in common, 2–4 one in common, used by many, several or one or two different names."""
    coded = columns.coded(*names)
    mine, theirs = [coded.codes[name][left] for name in names], [coded.codes[name][right] for name in names]
    found, column = any_equal(mine, theirs)
    users = np.stack([columns.numbers(f"{name}_names")[left] for name in names])
    count = np.take_along_axis(users, np.maximum(column, 0)[None, :], axis=0)[0]
    levels = np.where(both_known(mine[0], theirs[0]), 1, 0).astype(np.int8)
    kind = np.where(count >= OFFICE_FROM, 2, np.where(count > HOUSEHOLD_FROM, 3, 4))
    return np.where(found, kind, levels).astype(np.int8)


def place(columns: Columns, left: Ints, right: Ints) -> Levels:
    """0 unknown, 1 another top-level unit, 2 the same top level but apart below, 3 one within the other, 4 the same."""
    names = ("path_1", "path_2", "path_3", "path_4")
    codes = columns.coded(*names).codes
    levels = np.zeros(len(left), dtype=np.int8)
    top_left, top_right = codes["path_1"][left], codes["path_1"][right]
    levels[both_known(top_left, top_right)] = 4
    for name in reversed(names):
        mine, theirs = codes[name][left], codes[name][right]
        levels[(levels >= 1) & ((mine == UNKNOWN) != (theirs == UNKNOWN)) & (levels == 4)] = 3
        levels[(levels >= 1) & both_known(mine, theirs) & (mine != theirs)] = 1 if name == "path_1" else 2
    return levels


def alike(columns: Columns, name: str, left: Ints, right: Ints) -> Levels:
    """0 unknown, 1 different, 2 most of the rare words in common or nearly the same letters, 3 equal."""
    coded = columns.coded(name)
    mine, theirs = coded.codes[name][left], coded.codes[name][right]
    levels = np.zeros(len(left), dtype=np.int8)
    at = np.flatnonzero(both_known(mine, theirs))
    if len(at):
        levels[at] = per_distinct_pair(mine[at], theirs[at], coded.words, lambda a, b: _text_levels(coded, a, b))
    return levels


def _text_levels(coded: Coded, first: Ints, second: Ints) -> Levels:
    weighted = rarity_weighted(token_matrix(coded.words))
    shared = np.asarray(weighted[first].multiply(weighted[second]).sum(axis=1)).ravel()
    weights = np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()
    overlap = shared / np.maximum(np.minimum(weights[first], weights[second]), 1e-6)
    close = process.cpdist(
        strings_of(coded, first), strings_of(coded, second), scorer=OSA.normalized_similarity, score_cutoff=0.8
    )
    levels = np.where((overlap >= 0.6) | (close >= 0.8), 2, 1).astype(np.int8)
    levels[first == second] = 3
    return levels


def occupation(columns: Columns, left: Ints, right: Ints) -> Levels:
    """0 unknown, 1 different, 2 the same domain, 3 the same occupation."""
    jobs, domains = columns.coded("occupation_1", "occupation_2"), columns.coded("domain_1", "domain_2")
    levels = np.zeros(len(left), dtype=np.int8)
    for coded, level in ((domains, 2), (jobs, 3)):
        mine = [codes[left] for codes in coded.codes.values()]
        theirs = [codes[right] for codes in coded.codes.values()]
        levels[both_known(mine[0], theirs[0]) & (levels == 0)] = 1
        levels[any_equal(mine, theirs)[0]] = level
    return levels


def external(columns: Columns, left: Ints, right: Ints) -> Levels:
    """0 no scheme in common, 1 the same scheme with another value, 2 the same identifier."""
    names = ("external_1", "external_2", "external_3")
    values = columns.coded(*names).codes
    found, _ = any_equal([values[name][left] for name in names], [values[name][right] for name in names])
    frame = columns.frame.select(columns.frame[name].str.extract(r"^([^:]+):", 1).alias(name) for name in names)
    schemes = Columns(frame).coded(*names).codes
    same, _ = any_equal([schemes[name][left] for name in names], [schemes[name][right] for name in names])
    return np.where(found, 2, np.where(same, 1, 0)).astype(np.int8)
