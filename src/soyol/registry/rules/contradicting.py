"""When lists contradict each other about an entry, so that a person should look. Pure.

What was checked is not beaten by what is merely declared, nor asked again because an old list says otherwise. It is
asked about where somebody declares something else later, and always where a register of the state says otherwise.
"""

from collections.abc import Collection, Mapping

from soyol.registry.choices import Standing
from soyol.registry.rules.policy import Candidate, Chosen

#: Fields that have one true value each. Names are written in too many ways for this.
ONE_VALUE = ("birth_date", "death_date", "founded", "closed", "org_form", "unit", "level")
#: Fields that are told apart by their keyed hashes: one true value each, and those of which a list may have several.
BY_HASH_ONE = ("person_number", "company_number")
BY_HASH_MANY = ("phones", "emails")

#: Every field that a contradiction can be about, in the order in which people are asked.
FIELDS = ("person_number", "company_number", "birth_date", "death_date", "founded", "closed", "org_form", "unit",
          "level", "phones", "emails")  # fmt: skip


def contradicting(chosen: Chosen) -> list[str]:
    """The values of a field that stand against each other, the shown one first; empty where nothing does.

    What a rule says of the lists is settled, and so is what a person chose, until something is checked.
    """
    winner = chosen.winner
    others = [each for each in chosen.others if each.listed and not each.beaten and _is_open(winner, each)]
    if not others or not winner.listed:
        return []
    return list(dict.fromkeys([winner.same_as, *(each.same_as for each in others)]))


def _is_open(winner: Candidate, other: Candidate) -> bool:
    """Whether ``other``, which says something else, leaves a question."""
    if winner.standing == Standing.JUDGED:
        return other.sureness == 1
    if Standing.EXCHANGED in (winner.standing, other.standing):
        return True
    if other.sureness == winner.sureness == 0:
        return True
    return not _is_newer(winner, other) if other.sureness else _is_newer(other, winner)


def _is_newer(one: Candidate, other: Candidate) -> bool:
    return one.observed_on is not None and other.observed_on is not None and one.observed_on > other.observed_on


def lists_apart(values: Mapping[int, Collection[str]]) -> bool:
    """Whether two lists (list → its values) have no value in common."""
    told = [set(each) for each in values.values() if each]
    return any(not one & other for at, one in enumerate(told) for other in told[at + 1 :])
