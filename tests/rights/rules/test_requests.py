"""Which state of a request follows which."""

from soyol.rights.choices import RequestState
from soyol.rights.rules import STEP_OF, is_part, may_follow


def test_only_what_is_open_changes() -> None:
    after_open = {state for state in RequestState if may_follow(RequestState.OPEN, state)}
    assert after_open == set(RequestState) - {RequestState.OPEN}
    assert not any(may_follow(one, other) for one in after_open for other in RequestState)


def test_each_end_has_a_step() -> None:
    assert set(STEP_OF) == set(RequestState) - {RequestState.OPEN}


def test_writing_down_something_else_is_accepting_in_part() -> None:
    assert is_part({"phones": ["1"]}, {"phones": ["2"]})
    assert not is_part({"phones": ["1"]}, {"phones": ["1"]})
