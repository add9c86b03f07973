"""Kinds and states of actors, verdicts, changes and runs."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ActorKind(TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    GROUP = "group", _("informal group")


class ActorState(TextChoices):
    ACTIVE = "active", _("in the registry")
    MERGED = "merged", _("became one with another")
    EMPTY = "empty", _("no record stands behind it any more")
    ERASED = "erased", _("erased")


class FieldClass(IntegerChoices):
    """Who may see a value; a higher class sees everything of the lower ones."""

    PUBLIC = 0, _("public")
    CONSENT = 1, _("public with consent")
    STAFF = 2, _("staff")
    PRIVATE = 3, _("private")
    SECRET = 4, _("shown one by one, each look is logged")


class Standing(IntegerChoices):
    """How a statement stands before trust is asked."""

    STATED = 0, _("stated by a list")
    VERIFIED = 1, _("verified against a document")
    JUDGED = 2, _("chosen by a person")
    EXCHANGED = 3, _("told by a register of the state")


class Level(TextChoices):
    """How a value is known."""

    DECLARED = "declared", _("declared")
    DOCUMENT = "document", _("checked against a document")
    STATE = "state", _("from a register of the state")


class DocumentKind(TextChoices):
    """What a document was, against which an officer checked a value or a claim."""

    IDENTITY_CARD = "identity_card", _("identity card")
    PASSPORT = "passport", _("passport")
    BIRTH = "birth", _("certificate of birth")
    REGISTRATION = "registration", _("certificate of registration")
    CHARTER = "charter", _("charter of an organisation")
    AUTHORITY = "authority", _("written authority")
    INHERITANCE = "inheritance", _("certificate of death or inheritance")
    DIPLOMA = "diploma", _("diploma")
    DECISION = "decision", _("decision of an office or a court")
    OTHER = "other", _("another document")


class Verdict(TextChoices):
    SAME = "same", _("the same")
    DIFFERENT = "different", _("not the same")
    UNSURE = "unsure", _("unsure")


class ChangeKind(TextChoices):
    RUN = "run", _("matching run")
    MERGE = "merge", _("made one by hand")
    SPLIT = "split", _("separated by hand")
    UNDO = "undo", _("undone")
    BY_HAND = "by_hand", _("entered by hand")
    WITHDRAW = "withdraw", _("file withdrawn")
    BULK = "bulk", _("loaded in bulk")
    APART = "apart", _("kept apart by hand")
    ERASE = "erase", _("erased at the person's wish")


class StakeKind(TextChoices):
    """What somebody has received or holds, so that confusing them with another would cost somebody something."""

    MONEY = "money", _("money")
    AWARD = "award", _("award")
    OFFICE = "office", _("office")


class RunState(TextChoices):
    RUNNING = "running", _("running")
    APPLIED = "applied", _("applied")
    FAILED = "failed", _("failed")


class Stratum(TextChoices):
    """What a run decided about a pair that is drawn to be checked."""

    JOINED = "joined", _("joined without asking")
    ASKED = "asked", _("left to a person")
    APART = "apart", _("kept apart without asking")


class LessonState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DISCARDED = "discarded", _("discarded")


class PairState(TextChoices):
    OPEN = "open", _("to be decided")
    DECIDED = "decided", _("decided")
    STALE = "stale", _("no longer in question")


class Face(TextChoices):
    """The same actor is shown in two ways, built apart so that a filter forgotten on a page leaks nothing.

    The third is counted only: there are cells of figures, and no entries.
    """

    STAFF = "staff", _("for staff")
    PUBLIC = "public", _("for everybody")
    FIGURES = "figure", _("for published figures")


class Purpose(TextChoices):
    """What somebody may agree to, each by itself."""

    PROFILE = "profile", _("being shown to everybody")
    STATISTICS = "statistics", _("being counted in published figures")
    CALLS = "calls", _("being written to about calls, events and training")
    OPEN_DATA = "open_data", _("being part of the open files")


class ConfirmedBy(TextChoices):
    """How somebody said that their entry is still right."""

    LINK = "link", _("by the link in a letter")
    OWN = "own", _("on one's own page")


class Told(TextChoices):
    """How somebody told an office what they agree to."""

    IN_PERSON = "person", _("in person")
    PHONE = "phone", _("by telephone")
    PAPER = "paper", _("by a letter or on a form")


class Channel(TextChoices):
    """Where somebody said what they agree to."""

    OWN = "own", _("on one's own page")
    ENROLMENT = "enrolment", _("when enrolling")
    DESK = "desk", _("at the desk of an office")
    LETTER = "letter", _("by the link in a letter")
