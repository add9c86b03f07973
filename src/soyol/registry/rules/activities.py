"""What somebody does: a domain, a role (an occupation) and a step of the culture cycle, each a code or open.

The axes are those of the UNESCO Framework for Cultural Statistics 2009. Where nobody states an activity as such it
follows from the occupations, for the vocabulary says of each in which domain and step it works, and from the domains.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PARTS = ("domain", "role", "step")


@dataclass(frozen=True, slots=True)
class Activity:
    """Codes of a domain, of an occupation, and of a step of the culture cycle."""

    domain: str | None
    role: str | None
    step: str | None

    @property
    def value(self) -> str:
        """The activity as the value of a statement."""
        told = {part: code for part in PARTS if (code := getattr(self, part))}
        return json.dumps(told, ensure_ascii=False)


def read_activity(value: str) -> Activity | None:
    """The activity that a statement tells; None for a text that tells none."""
    try:
        told = json.loads(value)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    codes = [code if isinstance(code := told.get(part), str) and code else None for part in PARTS]
    return Activity(*codes) if any(codes) else None


def activities(
    stated: Iterable[str], occupations: Sequence[str], domains: Sequence[str], trades: Mapping[str, Mapping[str, str]]
) -> list[Activity]:
    """Activities as stated, then one for each occupation they leave out, then one for each domain still left.

    ``trades``: occupation → its ``domain`` and ``step`` in the vocabulary. An occupation without a domain of its own
    is of the only one that is stated.
    """
    found = list(dict.fromkeys(each for value in stated if (each := read_activity(value))))
    roles = {each.role for each in found}
    for code in occupations:
        if code not in roles:
            trade = trades.get(code, {})
            found.append(Activity(trade.get("domain") or _only(domains), code, trade.get("step") or None))
    covered = {each.domain for each in found}
    return [*found, *(Activity(code, None, None) for code in domains if code not in covered)]


def _only(codes: Sequence[str]) -> str | None:
    return codes[0] if len(codes) == 1 else None
