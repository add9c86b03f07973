"""What an answer is worth, and what several answers come to."""

import pytest

from soyol.registry.rules.questions import agreement, needed, outcome, value_of


def test_an_answer_is_worth_more_where_everybody_sees_it_and_most_where_money_hangs_on_it() -> None:
    plain = value_of(2.0, public=False, staked=False, rows=2)
    assert plain == 3.0
    assert value_of(2.0, public=True, staked=False, rows=2) == plain + 3.0
    assert value_of(2.0, public=False, staked=True, rows=2) == plain + 8.0
    assert value_of(2.0, public=False, staked=False, rows=8) == plain + 2.0


@pytest.mark.parametrize(
    ("verdicts", "staked", "holds"),
    [
        ([], False, None),
        (["same"], False, "same"),
        (["different"], False, "different"),
        (["unsure"], False, None),
        (["unsure", "same"], False, "same"),
        (["same"], True, None),
        (["same", "same"], True, "same"),
        (["same", "different"], True, None),
        (["same", "different", "different"], True, "different"),
        (["same", "different", "unsure"], True, None),
        (["same", "same", "different", "different"], True, None),
    ],
)
def test_a_verdict_holds_when_enough_people_share_it_and_most_do(
    verdicts: list[str], staked: bool, holds: str | None
) -> None:
    assert outcome(verdicts, staked=staked) == holds
    assert needed(staked=staked) == 1 + staked


def test_agreement_is_counted_beyond_chance() -> None:
    """Cohen's own kind of sum: 20 both same, 15 both different, 5 and 10 apart: (.70 - .50) / (1 - .50)."""
    told = [("same", "same")] * 20 + [("different", "different")] * 15
    told += [("same", "different")] * 5 + [("different", "same")] * 10
    questions, agreed, kappa = agreement(told)
    assert (questions, agreed) == (50, 35)
    assert kappa == pytest.approx(0.4)


def test_agreement_of_nobody_and_of_people_who_always_say_the_same_has_no_kappa() -> None:
    assert agreement([]) == (0, 0, None)
    assert agreement([("same", "same")] * 3) == (3, 3, None)
