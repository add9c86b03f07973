"""Levels of likeness of two names or two organisation names, judged once per distinct pair of keys."""

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler
from scipy import sparse

from soyol.linkage.compare.columns import Coded, Ints, Levels

#: Levels of a part of a person's name.
UNKNOWN_PART, DIFFERENT, LIKE, TYPO, INITIAL, PARTIAL, EQUAL = range(7)

#: Jaro-Winkler from which two name keys count as alike; .90 is the customary upper band (Winkler 2006) for names of
#: more than a few letters, where a nickname still passes.
ALIKE = 0.90
#: Share of letters that may be wrong in a misspelt name that is still alike: one in four.
MISSPELT = 0.25


def strings_of(coded: Coded, codes: Ints) -> list[str]:
    return list(coded.words[codes])


def name_levels(coded: Coded, first: Ints, second: Ints) -> Levels:
    """Level for distinct pairs of full name keys (no initials among them): EQUAL, TYPO, PARTIAL, LIKE or DIFFERENT."""
    left, right = strings_of(coded, first), strings_of(coded, second)
    shorter = np.minimum(coded.lengths[first], coded.lengths[second])
    edits = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=3, dtype=np.int32)
    close = process.cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    levels = np.full(len(first), DIFFERENT, dtype=np.int8)
    longer = np.maximum(coded.lengths[first], coded.lengths[second])
    levels[(close >= ALIKE) | (edits <= longer * MISSPELT)] = LIKE
    levels[((edits <= 1) & (shorter >= 4)) | ((edits <= 2) & (shorter >= 8))] = TYPO
    levels[_one_within_other(coded, first, second)] = PARTIAL
    levels[first == second] = EQUAL
    return levels


def _one_within_other(coded: Coded, first: Ints, second: Ints) -> npt.NDArray[np.bool_]:
    """Names of several words where all words of the shorter occur in the longer ("Edwin" and "Edwin Austin")."""
    spaced = np.array([" " in word for word in coded.words], dtype=bool) if len(coded.words) else np.zeros(0, bool)
    chosen = np.flatnonzero((spaced[first] | spaced[second]) & (first != second))
    found = np.zeros(len(first), dtype=bool)
    if len(chosen) == 0:
        return found
    tokens = token_matrix(coded.words)
    mine, other = tokens[first[chosen]], tokens[second[chosen]]
    shared = np.asarray(mine.multiply(other).sum(axis=1)).ravel()
    smaller = np.minimum(np.asarray(mine.sum(axis=1)).ravel(), np.asarray(other.sum(axis=1)).ravel())
    found[chosen] = (shared == smaller) & (smaller >= 1)
    return found


def token_matrix(words: npt.NDArray[np.object_]) -> sparse.csr_matrix:
    """A 0/1 matrix of texts by their distinct words."""
    vocabulary: dict[str, int] = {}
    pointers: list[int] = [0]
    columns: list[int] = []
    for word in words:
        columns.extend(vocabulary.setdefault(token, len(vocabulary)) for token in dict.fromkeys(word.split()))
        pointers.append(len(columns))
    shape = (len(words), max(len(vocabulary), 1))
    return sparse.csr_matrix((np.ones(len(columns), dtype=np.float32), columns, pointers), shape=shape)


def rarity_weighted(tokens: sparse.csr_matrix) -> sparse.csr_matrix:
    """Weigh each word by how rare it is among the distinct names (inverse document frequency, in bits)."""
    seen = np.asarray(tokens.sum(axis=0)).ravel()
    rarity = np.log2((tokens.shape[0] + 1) / np.maximum(seen, 1)).astype(np.float32)
    return sparse.csr_matrix(tokens @ sparse.diags_array(np.sqrt(rarity)))


#: Levels of two organisation names.
NAME_DIFFERENT, NAME_OVERLAPS, NAME_NEAR, NAME_ACRONYM, NAME_WITHIN, NAME_MEANING, NAME_TYPO, NAME_EQUAL = range(1, 9)


def organisation_levels(coded: Coded, first: Ints, second: Ints) -> Levels:
    """Level for distinct pairs of core names, by shared rare words and by letters."""
    weighted = rarity_weighted(token_matrix(coded.words))
    mine, other = weighted[first], weighted[second]
    shared = np.asarray(mine.multiply(other).sum(axis=1)).ravel()
    weights = np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()
    union = weights[first] + weights[second] - shared
    overlap = shared / np.maximum(union, 1e-6)
    within = shared / np.maximum(np.minimum(weights[first], weights[second]), 1e-6)
    left = [text.replace(" ", "") for text in strings_of(coded, first)]
    right = [text.replace(" ", "") for text in strings_of(coded, second)]
    edits = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=4, dtype=np.int32)
    shorter = np.minimum(coded.lengths[first], coded.lengths[second])
    levels = np.full(len(first), NAME_DIFFERENT, dtype=np.int8)
    levels[overlap >= 0.3] = NAME_OVERLAPS
    levels[(overlap >= 0.6) | (process.cpdist(left, right, scorer=JaroWinkler.similarity) >= 0.92)] = NAME_NEAR
    levels[(within >= 0.99)] = NAME_WITHIN
    levels[((edits <= 1) & (shorter >= 5)) | ((edits <= 2) & (shorter >= 9)) | ((edits <= 3) & (shorter >= 18))] = (
        NAME_TYPO
    )
    levels[(first == second) | (edits == 0)] = NAME_EQUAL
    return levels
