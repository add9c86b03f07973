"""Reading lists as they arrive: files into raw rows, columns recognised, values normalised, problems by row.

``read`` → ``recognise`` → ``stage``; ``annotated_workbook`` gives the problems back to the keeper of the list.
No Django here. Names are loaded when they are first used, so that the caged process stays small.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soyol.intake.door import read
    from soyol.intake.limits import Limits
    from soyol.intake.problems import Problem
    from soyol.intake.reading import Reading, Sheet

_HOMES = {
    "Limits": "limits",
    "Problem": "problems",
    "Reading": "reading",
    "Sheet": "reading",
    "read": "door",
}

__all__ = ["Limits", "Problem", "Reading", "Sheet", "read"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
