"""What somebody may ask about their data, and how far it has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestKind(TextChoices):
    CORRECTION = "correction", _("a value to be corrected")
    NOT_ME = "not_me", _("a row about somebody else")
    CLOSURE = "closure", _("an organisation that has closed")
    ERASURE = "erasure", _("data to be erased")


class RequestState(TextChoices):
    OPEN = "open", _("waiting to be decided")
    ACCEPTED = "accepted", _("accepted")
    PART = "part", _("accepted in part")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


class StepKind(TextChoices):
    """What happened to a request, as the person and the officer read it."""

    MADE = "made", _("The request was sent.")
    AGREED = (
        "agreed",
        _("One officer agreed; a second one must agree too, because money, an award or an office is held."),
    )
    ACCEPTED = "accepted", _("The request was accepted.")
    PART = "part", _("The request was accepted in part.")
    REFUSED = "refused", _("The request was refused.")
    WITHDRAWN = "withdrawn", _("The request was taken back.")
    TOLD = "told", _("A letter about it was sent.")
    ERASED = "erased", _("Everything was erased that the law lets us erase.")
