"""Many lists in, one registry out: the one pipeline that the command line and the site both run. No Django here.

``read_and_stage`` → ``gather`` → ``link_records`` → ``write_outputs``; ``combine`` is all of them, from files to files.
Names are loaded when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soyol.combine.outcome import CombineError, ExitCode, Outcome, SourceOutcome
    from soyol.combine.outputs import Manner, write_outputs
    from soyol.combine.pipeline import (
        StagedSource,
        combine,
        gather,
        gather_problems,
        link_records,
        read_and_stage,
    )

_HOMES = {
    "CombineError": "outcome",
    "ExitCode": "outcome",
    "Manner": "outputs",
    "Outcome": "outcome",
    "SourceOutcome": "outcome",
    "StagedSource": "pipeline",
    "combine": "pipeline",
    "gather": "pipeline",
    "gather_problems": "pipeline",
    "link_records": "pipeline",
    "read_and_stage": "pipeline",
    "write_outputs": "outputs",
}

__all__ = [
    "CombineError",
    "ExitCode",
    "Manner",
    "Outcome",
    "SourceOutcome",
    "StagedSource",
    "combine",
    "gather",
    "gather_problems",
    "link_records",
    "read_and_stage",
    "write_outputs",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
