"""What is kept how long, since when, and on what ground: one table, to which every app adds its own rows.

An app says so in its module ``keeping``, which is read once all apps are loaded. Here stands nothing about any of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.lib.periods import Period

#: Rows whose time is over at a moment that lies so long back; without joins, so that they can be locked.
Due = Callable[[datetime], QuerySet[Any]]
#: Lets rows of these keys go: ``(by, keys)``, in the caller's transaction; whoever acts is a ``soyol.audit.By``.
LetGo = Callable[[Any, Sequence[Any]], None]

# Grounds that several apps have.
DONE = gettext_noop("It has done what it was for.")
ASKED = gettext_noop("So long somebody may ask why it was decided so.")
ANSWERED = gettext_noop("So long the office answers for what it did.")
PROOF = gettext_noop("It proves that what was done was right.")
NOBODY = gettext_noop("It says nothing about persons.")
REGISTRY = gettext_noop("It is the registry itself, which its law orders; whoever stands in it may ask to be erased.")
EXPLAINS = gettext_noop("It explains who is who, and lets a mistake be undone; it goes when somebody is erased.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    ``models``: labels of the tables that it is about; rows of the first are what ``due`` finds. ``what``, ``since``
    (the event from which time runs) and ``ground`` are words to be translated. Without ``due`` it is kept for ever.
    ``emptied``: only what it says goes, the row itself stays.
    """

    code: str
    models: tuple[str, ...]
    what: str
    ground: str
    since: str = ""
    due: Due | None = None
    let_go: LetGo | None = None
    emptied: bool = False

    @property
    def is_limited(self) -> bool:
        """Whether it goes some day."""
        return self.due is not None

    @property
    def is_personal(self) -> bool:
        """Whether it may say something about somebody."""
        return self.ground != NOBODY

    @property
    def period(self) -> Period:
        """How long, as the country's pack or the site's settings say; KeyError for what is kept for ever."""
        return period(self.code)

    def label(self) -> str:
        """What it is, in the reader's language."""
        return _(self.what)

    def why(self) -> str:
        """On what ground it is kept so long, in the reader's language."""
        return _(self.ground)

    def event(self) -> str:
        """Since when time runs, in the reader's language; empty for what is kept for ever."""
        return _(self.since) if self.since else ""


_rows: dict[str, Row] = {}


def keeps(*rows: Row) -> None:
    """Add rows to the table. Raises ValueError where two have one code, or one says only half of how it goes."""
    for row in rows:
        if len({row.due is None, row.let_go is None, not row.since}) != 1:
            raise ValueError(f"{row.code!r} says due, let_go and since together, or none of them")
        if _rows.setdefault(row.code, row) is not row:
            raise ValueError(f"two rows of what is kept are called {row.code!r}")


def rows() -> tuple[Row, ...]:
    """The whole table, upper apps first: what goes in one holds nothing that goes in another by a key."""
    height = {config.label: at for at, config in enumerate(apps.get_app_configs())}
    return tuple(sorted(_rows.values(), key=lambda row: height.get(row.code.partition(".")[0], len(height))))


def period(code: str) -> Period:
    """How long a row of the table is kept."""
    found: Period = settings.SOYOL_KEEPING[code]
    return found


def over(code: str) -> datetime:
    """The moment before which the time of a row of the table is over now."""
    return period(code).before(timezone.now())
