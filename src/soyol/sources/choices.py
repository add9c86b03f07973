"""States and kinds of sources and their batches."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class Completeness(TextChoices):
    """What a batch of the source claims to be."""

    FULL = "full", _("the full list each time")
    ADDITION = "addition", _("only additions")


class Rhythm(TextChoices):
    ONCE = "once", _("once")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    YEARLY = "yearly", _("every year")
    IRREGULAR = "irregular", _("irregularly")


class BatchState(TextChoices):
    RECEIVED = "received", _("received")
    READ = "read", _("read")
    MAPPED = "mapped", _("columns confirmed")
    CHECKED = "checked", _("checked")
    IMPORTING = "importing", _("being imported")
    IMPORTED = "imported", _("imported")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Fate(TextChoices):
    """What importing would do to a row."""

    NEW = "new", _("new")
    KNOWN = "known", _("known, unchanged")
    CHANGED = "changed", _("changed")
    UNLISTED = "unlisted", _("no longer listed")
    TROUBLE = "trouble", _("in trouble")


@dataclass(frozen=True, slots=True)
class Hand:
    """A list of entries made by hand. Codes are those of ``Source``."""

    code: str
    name: str
    trust: int


#: What an officer has typed in with a reason goes before most lists, after official registers.
CENTRAL = Hand("by-hand", gettext_noop("Entered by hand"), 80)
#: An officer of one place does not see everybody. What they add about somebody whom they could not see goes after
#: lists, and says nothing about whose that person is (``soyol.registry.queries.placing``).
LOCAL = Hand("by-hand-local", gettext_noop("Entered by hand by a local office"), 40)
#: What people told about themselves after they proved who they are.
OWN = Hand("by-themselves", gettext_noop("Told by the people themselves"), 60)
#: What registers of the state answered that were asked about one entry.
REGISTER = Hand("state-register", gettext_noop("Registers of the state"), 95)
#: What somebody told of themselves before anybody made sure that it is them. As much worth as any stranger's word.
UNCHECKED = Hand("enrolled-unchecked", gettext_noop("Enrolled by themselves, not yet checked"), 25)
