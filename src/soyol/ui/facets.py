"""From counts by code to narrowing links: the same for the public directory and the staff list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict

#: A group with more choices than this starts folded.
OPEN_UP_TO = 8


class Counted(Protocol):
    """What a search counts for one code."""

    @property
    def code(self) -> str: ...
    @property
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One narrowing link; when applied, following ``href`` takes it off. ``count``: None where it is not known."""

    label: object
    count: int | None
    href: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The narrowings of one kind under a title."""

    title: str
    choices: list[Choice]
    open: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of an address that says what a list shows: its parameters without the page number."""

    query: QueryDict

    def address(self, **changes: str | None) -> str:
        """The address with some parameters set, or dropped where the value is None; it always starts on page one."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        for name in [name for name in query if not query[name]]:
            del query[name]
        return f"?{query.urlencode()}"


def groups(
    asked: Asked,
    counts: Mapping[str, Iterable[Counted]],
    *,
    titles: Mapping[str, str],
    labels: Mapping[str, Mapping[str, object]],
) -> list[Group]:
    """Narrowing links for every parameter in ``titles``, in that order. A code without a label stands for itself."""
    return [
        _group(asked, name, title, list(counts.get(name, ())), labels.get(name, {})) for name, title in titles.items()
    ]


def _group(asked: Asked, name: str, title: str, counted: Sequence[Counted], labels: Mapping[str, object]) -> Group:
    now = asked.query.get(name)
    choices = [
        Choice(
            label=labels.get(item.code, item.code),
            count=item.count,
            href=asked.address(**{name: None if item.code == now else item.code}),
            applied=item.code == now,
        )
        for item in counted
        if item.count or item.code == now
    ]
    return Group(title=title, choices=choices, open=len(choices) <= OPEN_UP_TO or bool(now))
