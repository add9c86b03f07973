"""As whom somebody claims an entry, by which proof, and how far a claim has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from soyol.registry.choices import DocumentKind


class Capacity(TextChoices):
    SELF = "self", _("as oneself")
    REPRESENTATIVE = "represent", _("as who represents it")
    GUARDIAN = "guardian", _("as guardian")
    HEIR = "heir", _("as heir")


class Proof(TextChoices):
    """By what it is known that the claim is true."""

    CODE = "code", _("a code to a contact that lists hold")
    DOCUMENT = "document", _("a document that an officer has checked")
    STATE = "state", _("the sign-in of the state")
    HANDOVER = "handover", _("handed over by who held it before")


#: Documents that show who somebody is, so that what they say of themselves can be compared with one.
SAYING_WHO = frozenset(
    {
        DocumentKind.IDENTITY_CARD,
        DocumentKind.PASSPORT,
        DocumentKind.BIRTH,
        DocumentKind.REGISTRATION,
        DocumentKind.CHARTER,
    }
)


class ClaimState(TextChoices):
    OPEN = "open", _("to be checked")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
