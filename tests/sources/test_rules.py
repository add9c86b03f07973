"""What may follow what, words for trust, shares, and refusals that tell the way out."""

import re

import pytest
from django.utils import translation

from soyol.sources.choices import BatchState
from soyol.sources.rules import REFUSALS, TRANSITIONS, Refused, coverage_share, may_become, trust_word


def test_every_state_has_its_row_and_leads_to_states_only() -> None:
    assert set(TRANSITIONS) == set(BatchState)
    assert set().union(*TRANSITIONS.values()) <= set(BatchState)


@pytest.mark.parametrize(
    ("state", "wanted", "allowed"),
    [
        (BatchState.RECEIVED, BatchState.READ, True),
        (BatchState.RECEIVED, BatchState.IMPORTED, False),
        (BatchState.CHECKED, BatchState.IMPORTING, True),
        (BatchState.MAPPED, BatchState.IMPORTING, False),  # nothing is imported that was not checked
        (BatchState.IMPORTED, BatchState.MAPPED, True),  # read again under a corrected mapping
        (BatchState.IMPORTED, BatchState.RECEIVED, False),
        (BatchState.REFUSED, BatchState.MAPPED, False),
        (BatchState.WITHDRAWN, BatchState.IMPORTED, False),
    ],
)
def test_what_may_follow(state: BatchState, wanted: BatchState, allowed: bool) -> None:
    assert may_become(state, wanted) is allowed


def test_whatever_stands_can_be_withdrawn_once() -> None:
    standing = set(BatchState) - {BatchState.WITHDRAWN}
    assert {state for state in BatchState if may_become(state, BatchState.WITHDRAWN)} == standing


@pytest.mark.parametrize(
    ("records", "known", "share"), [(50, 200, 0.25), (0, 10, 0.0), (12, 10, 1.0), (5, None, None), (5, 0, None)]
)
def test_share_of_what_a_source_should_cover(records: int, known: int | None, share: float | None) -> None:
    assert coverage_share(records, known) == share


def test_words_for_trust_change_at_their_bounds_in_both_languages() -> None:
    for language in ("en", "mn"):
        with translation.override(language):
            words = [trust_word(trust) for trust in (0, 24, 25, 49, 50, 69, 70, 89, 90, 100)]
            assert words[::2] == words[1::2]
            assert len(set(words)) == 5


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_fills_in_all_it_was_told_in_both_languages(code: str) -> None:
    told = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)s", REFUSALS[code])}
    for language in ("en", "mn"):
        with translation.override(language):
            text = str(Refused(code, **told))
            assert [value for value in told.values() if value not in text] == []
            assert "%(" not in text
