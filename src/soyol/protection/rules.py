"""Periods in words, the window of a loss, who may let its notice go out, and what is refused."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from soyol.fields import Refused as BaseRefused
from soyol.lib.periods import Period

#: Rows that go in one transaction, so that nobody who saves waits for all of them.
AT_ONCE = 200

REFUSALS: dict[str, str] = {
    "everything_kept": gettext_noop(
        "Nothing goes: this site is told to keep everything (SOYOL_KEEP_EVERYTHING). Whoever runs it takes that back "
        "when the inquiry is over."
    ),
    "window": gettext_noop("The end is not after the beginning. Give the time in which the data could be seen."),
    "window_ahead": gettext_noop("The beginning lies ahead. Give the time in which the data could be seen."),
    "nothing_lost": gettext_noop("Name at least one kind of data, or the account that was misused."),
    "key_changes": gettext_noop("The key is being changed by another process. Wait until it is done."),
    "account": gettext_noop("There is no account with the address “%(address)s”. Look at the list of accounts."),
}


class Refused(BaseRefused):
    """What the rules of protection do not allow."""

    texts = REFUSALS


@dataclass(frozen=True, slots=True)
class Window:
    """From a moment until another (not included): what existed in between may be lost."""

    since: datetime
    until: datetime

    def check(self, now: datetime) -> None:
        """Raise Refused for a window that is none."""
        if self.since >= self.until:
            raise Refused("window")
        if self.since > now:
            raise Refused("window_ahead")


def said(period: Period) -> str:
    """A period in the reader's language."""
    if period.count == 0:
        return _("at once")
    words = {
        "D": ngettext("%(n)s day", "%(n)s days", period.count),
        "M": ngettext("%(n)s month", "%(n)s months", period.count),
        "Y": ngettext("%(n)s year", "%(n)s years", period.count),
    }
    return words[period.unit] % {"n": period.count}
