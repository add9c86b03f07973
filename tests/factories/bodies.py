"""Public bodies for tests."""

from itertools import count

from soyol.audit import By
from soyol.bodies import actions
from soyol.bodies.models import Body

_numbers = count(1)


def a_body(**more: object) -> Body:
    """A body that exists today; ``more`` are its facts."""
    return actions.found(by=By.system("tests"), **{"names": {"en": f"Body {next(_numbers)}"}, **more})
