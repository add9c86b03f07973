"""Register numbers of people as lists hold them: missing, mistyped, with look-alike letters, or somebody else's."""

import numpy as np

from benchmarks.linkage.mentions import Page
from benchmarks.linkage.people import People
from benchmarks.linkage.vocabulary import array
from benchmarks.linkage.writing import spoil_digit

_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХӨҮЗ", "ABEKMHOPCTYXOY3")


def write_numbers(page: Page, people: People) -> None:
    """Fill ``number`` of the columns and of the evidence (empty where a reader could not trust it)."""
    who = page.who
    shown = page.chance(page.style("number"))
    numbers = np.where(shown, people.number[who], "").astype(object)
    page.marks.add("number_missing", ~shown)
    kinds = page.world.listed("number_errors")
    trouble = np.where(
        shown & page.chance(page.world.rates.number_error), page.rng.integers(0, len(kinds), len(who)), -1
    )
    trusted = shown.copy()
    for number, kind in enumerate(kinds):
        at = np.flatnonzero(trouble == number)
        if kind == "kin_number":
            at = _of_kin(page, people, numbers)
            page.marks.add("number_of_another", at)
        elif kind == "digit":
            spoil_digit(numbers, at, page.rng, first=2)
            page.marks.add("number_wrong", at)
        elif kind == "transposed":
            numbers[at] = array(
                [
                    _transpose(text, int(n))
                    for text, n in zip(numbers[at], page.rng.integers(2, 9, len(at)), strict=True)
                ]
            )
            page.marks.add("number_wrong", at)
        elif kind == "missing_letters":
            numbers[at] = array([text[2:] for text in numbers[at]])
            page.marks.add("number_incomplete", at)
        if kind == "look_alike":  # letters typed on a Latin keyboard: right for a reader, wrong for a machine
            at = np.flatnonzero(shown & page.chance(0.12) & (trouble < 0))
            numbers[at] = array([text.translate(_LOOK_ALIKE) for text in numbers[at]])
            page.marks.add("number_look_alike", at)
        else:
            trusted[at] = False
    page.evidence["number"] = np.where(trusted, people.number[who], "").astype(object)
    _untidy(page, numbers, shown)
    page.columns["number"] = numbers


def _untidy(page: Page, numbers: np.ndarray, shown: np.ndarray) -> None:
    """Small letters and a space after the letters, in place: no error, only habits."""
    small = np.flatnonzero(shown & page.chance(0.06))
    numbers[small] = array([text.lower() for text in numbers[small]])
    spaced = np.flatnonzero(shown & page.chance(0.04))
    numbers[spaced] = array([f"{text[:2]} {text[2:]}" for text in numbers[spaced]])


def _transpose(text: str, at: int) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _of_kin(page: Page, people: People, numbers: np.ndarray) -> np.ndarray:
    """Some gave the number of their kin: a parent's for a child, a wife's for her husband."""
    who = page.who
    order = np.argsort(people.group, kind="stable")
    other = np.full(len(people), -1)
    grouped = order[people.group[order] >= 0]
    other[grouped[0::2]], other[grouped[1::2]] = grouped[1::2], grouped[0::2]
    related = np.flatnonzero(
        (other[who] >= 0) & (numbers != "") & (page.rng.random(len(who)) < page.world.rates.number_kin * 3)
    )
    numbers[related] = people.number[other[who[related]]]
    return related
