"""Where two texts differ, sign by sign: for people who compare them side by side."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby

#: A piece of a text, and whether it differs from the other text.
Piece = tuple[str, bool]
#: Texts less alike than this are different as a whole: lit signs here and there would say nothing.
LEAST_ALIKE = 0.5
#: Longer texts are compared as wholes: nobody reads a page sign by sign.
LONGEST = 300


def pieces(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; what stands in both in the same order is not lit. Capitals and small letters are alike.

    >>> pieces("Dorj Bat", "Dorj Bold")
    ([('Dorj B', False), ('at', True)], [('Dorj B', False), ('old', True)])
    """
    if not left or not right or len(left) > LONGEST or len(right) > LONGEST:
        return _whole(left, right), _whole(right, left)
    if (places := _places_apart(left, right)) is not None:
        return _cut(left, places), _cut(right, places)
    match = SequenceMatcher(None, _plain(left), _plain(right), autojunk=False)
    if match.ratio() < LEAST_ALIKE:
        return _whole(left, right), _whole(right, left)
    blocks = match.get_matching_blocks()
    return (
        _cut(left, [(block.a, block.size) for block in blocks]),
        _cut(right, [(block.b, block.size) for block in blocks]),
    )


def word_pieces(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces as ``pieces`` has them, word by word and of any length: for sentences that are read.

    >>> word_pieces("I am shown.", "I am not shown.")
    ([('I am shown.', False)], [('I am ', False), ('not ', True), ('shown.', False)])
    """
    one, other = (re.findall(r"\S+\s*|\s+", text) for text in (left, right))
    match = SequenceMatcher(None, [word.strip() for word in one], [word.strip() for word in other], autojunk=False)
    blocks = match.get_matching_blocks()
    return (
        _lit(one, {at for block in blocks for at in range(block.a, block.a + block.size)}),
        _lit(other, {at for block in blocks for at in range(block.b, block.b + block.size)}),
    )


def _lit(words: list[str], common: set[int]) -> list[Piece]:
    return _joined((word, at not in common) for at, word in enumerate(words))


def _places_apart(left: str, right: str) -> list[tuple[int, int]] | None:
    """Of two texts of one length (days, numbers): the places that are alike; None where too few are."""
    if len(left) != len(right):
        return None
    alike = [at for at, (one, other) in enumerate(zip(left, right, strict=True)) if one.casefold() == other.casefold()]
    return [(at, 1) for at in alike] if len(alike) >= LEAST_ALIKE * len(left) else None


def _plain(text: str) -> list[str]:
    """Signs without regard to capitals; sign by sign, so that places stay what they are."""
    return [sign.casefold() for sign in text]


def _whole(text: str, other: str) -> list[Piece]:
    return [(text, text.casefold() != other.casefold())] if text else []


def _cut(text: str, same: list[tuple[int, int]]) -> list[Piece]:
    """``text`` cut at the places (start, length) that it has in common."""
    common = {at for start, length in same for at in range(start, start + length)}
    pieces = _joined((sign, at not in common) for at, sign in enumerate(text))
    return _joined(_without_crumbs(pieces))


def _joined(told: Iterable[Piece]) -> list[Piece]:
    """Neighbours that are lit alike, as one piece."""
    return [("".join(text for text, _ in group), lit) for lit, group in groupby(told, key=lambda piece: piece[1])]


def _without_crumbs(found: list[Piece]) -> list[Piece]:
    """A single common sign between two lit pieces is chance: it is lit with them."""
    inner = range(1, len(found) - 1)
    return [(text, lit or (at in inner and len(text) == 1)) for at, (text, lit) in enumerate(found)]
