"""Reasons of a pair in words. The linkage library is loaded when the first pair is shown: it is heavy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from soyol.lib.words import say

#: What moves the odds by less than this, in bits, is not worth a word in a sentence; the waterfall has it.
WORTH_A_WORD = 1.0


#: Steps of every waterfall that are no reasons: where each pair begins, and what is taken back.
ENDS = (".prior", ".dependence")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for two records being one, what against it, and every step with its weight in bits."""

    pro: list[str]
    contra: list[str]
    steps: list[tuple[str, float]]


def in_words(reasons: list[dict[str, Any]], lang: str) -> list[str]:
    """The reasons of a pair in the reader's language, what speaks for it first."""
    from soyol.linkage import explain

    return explain(reasons, lang)


def weighed(reasons: Iterable[Mapping[str, Any]], lang: str) -> Weighed:
    """The reasons of a pair apart by their side; the steps go from where every pair begins to what is taken back."""
    told = [(str(each["code"]), say(each["code"], each["params"], lang), float(each["weight"])) for each in reasons]
    ends = {end: [(words, weight) for code, words, weight in told if code.endswith(end)] for end in ENDS}
    between = sorted(
        ((words, weight) for code, words, weight in told if not code.endswith(ENDS)),
        key=lambda step: (step[1] < 0, -abs(step[1])),
    )
    heard = [*between, *ends[".dependence"]]
    return Weighed(
        pro=[words for words, weight in heard if weight >= WORTH_A_WORD],
        contra=[words for words, weight in heard if weight <= -WORTH_A_WORD],
        steps=[*ends[".prior"], *between, *ends[".dependence"]],
    )
