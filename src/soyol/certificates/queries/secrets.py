"""What is printed for checking: the link behind the QR code and the short code; both follow from the sealed secret."""

from django.conf import settings

from soyol.certificates.models import Certificate
from soyol.certificates.rules.numbers import CODE_SIGNS, in_signs
from soyol.fields import blind_index

#: Where strangers check certificates; the last part of a link is its secret.
PLACE = "/certificates/"


def digest_of(token: str) -> str:
    """What is kept readable of a secret: its keyed hash."""
    return blind_index(token, "certificates.token")


def code_of(certificate: Certificate) -> str:
    """The code to be typed beside the number. It is counted anew each time, and kept nowhere."""
    told = blind_index(f"{certificate.number}:{certificate.digest}", "certificates.code")
    return in_signs(int(told, 16), CODE_SIGNS)


def link_of(certificate: Certificate) -> str:
    """The address that the QR code leads to."""
    return f"{settings.SOYOL_ORIGIN}{PLACE}{certificate.token}/"


def place_to_check() -> str:
    """The address of the page on which number and code are typed."""
    return f"{settings.SOYOL_ORIGIN}{PLACE}"
