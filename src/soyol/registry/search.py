"""Pure parts of the search: words, what they become with a sign left out, and how alike two names are.

The dictionary is searched by symmetric deletion (Garbe 2012): two words one edit apart become equal when at most
one sign is left out of each. Hashes of these deletions are what the index holds.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from rapidfuzz.distance import OSA
from rapidfuzz.distance.Indel import normalized_similarity

#: Joins two words to one name; at an end it means nothing.
HYPHEN = re.compile(r"(?<=\w)[‐‑‒–—-](?=\w)")
#: A word is cut here; no name is longer and no index row should be.
LONGEST = 40
#: Words of a name that are indexed at most: enough for every spelling that lists gave, too few for a bomb.
MOST_WORDS = 24


def joined(text: str) -> str:
    """A name as people ask for it: two words that a hyphen joins are one, as in the Latin key."""
    return HYPHEN.sub("", text)


def joined_and_apart(text: str) -> str:
    """Names as they are to be found: words that a hyphen joins as one and as two, for people write either."""
    whole = joined(text)
    return text if whole == text else f"{whole} {HYPHEN.sub(' ', text)}"


def words_of(key: str) -> list[str]:
    """Distinct words of a folded key in order; a lone letter is an initial and is kept."""
    return list(dict.fromkeys(word[:LONGEST] for word in key.split()))[:MOST_WORDS]


def deletions(word: str) -> set[str]:
    """``word`` itself and what it becomes with one sign left out.

    Two left out would forgive two errors and make the index five times as large; a second error that comes from the
    romanisation is met by the form in the other script and by the sound key.
    """
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)) if len(word) > 1)}


def hash_of(text: str) -> int:
    """A 64-bit signed number for ``text``, as the databases store it."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def deletion_hashes(word: str) -> set[int]:
    """Hashes of the deletions of ``word``."""
    return {hash_of(each) for each in deletions(word)}


@lru_cache(maxsize=65_536)
def likeness(asked: str, borne: str) -> float:
    """How alike two Latin keys are, 0..1; the beginning of a word counts as nearly the whole."""
    if asked == borne:
        return 1.0
    longest = max(len(asked), len(borne))
    edits = OSA.distance(asked, borne)
    close = 1.0 - edits / longest
    if len(asked) >= 2 and borne.startswith(asked):
        return max(close, 0.9)
    return max(close, normalized_similarity(asked, borne) * 0.9)


def words_in(name: str) -> int:
    """How many words a name has as it is shown; an initial is one."""
    return len(name.replace(".", " ").split())


def score(asked: Sequence[str], borne: Sequence[str], words: int | None = None) -> float:
    """How well an entry answers, at most 1.

    Each asked word takes its best borne word; words nobody asked for cost a little: the plain namesake comes first.
    ``words``: how many the entry's own name has, where ``borne`` are those of all its spellings.
    """
    if not asked or not borne:
        return 0.0
    best = [max(likeness(word, each) for each in borne) for word in asked]
    return sum(best) / len(best) - 0.01 * max(0, (len(borne) if words is None else words) - len(asked))


def best_first(asked: Sequence[str], candidates: Iterable[tuple[int, str]], limit: int) -> list[tuple[int, float]]:
    """Candidates ``(id, search key)`` by score, ties by id."""
    scored = [(entry, score(asked, key.split())) for entry, key in candidates]
    return sorted(scored, key=lambda item: (-item[1], item[0]))[:limit]
