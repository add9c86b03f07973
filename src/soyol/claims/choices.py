"""As whom somebody claims an entry, by which proof, and how far a claim has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class DocumentKind(TextChoices):
    """What a document was. The word stays with the claim; the document goes when it is decided."""

    IDENTITY = "identity", _("identity document")
    CHARTER = "charter", _("charter of an organisation")
    AUTHORITY = "authority", _("written authority")
    CERTIFICATE = "certif", _("certificate of birth, death or inheritance")
    DECISION = "decision", _("decision of a court or an office")
    OTHER = "other", _("another document, or none that helps")


class ClaimState(TextChoices):
    OPEN = "open", _("to be checked")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
