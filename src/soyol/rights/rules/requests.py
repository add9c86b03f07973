"""Which state of a request follows which."""

from collections.abc import Mapping
from typing import Any

from soyol.rights.choices import RequestState, StepKind

#: Only what is open changes; what was decided is asked anew.
TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset(
        {RequestState.ACCEPTED, RequestState.PART, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
}
#: State → the step by which it came about.
STEP_OF = {
    RequestState.ACCEPTED: StepKind.ACCEPTED,
    RequestState.PART: StepKind.PART,
    RequestState.REFUSED: StepKind.REFUSED,
    RequestState.WITHDRAWN: StepKind.WITHDRAWN,
}


def may_follow(state: str, after: str) -> bool:
    """Whether a request in ``state`` may come into the state ``after``."""
    return after in TRANSITIONS.get(RequestState(state), frozenset())


def is_part(asked: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether an officer writes down something else than what was asked for."""
    return dict(asked) != dict(given)
