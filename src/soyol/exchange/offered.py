"""Which register of the state this site may ask."""

from django.conf import settings

from soyol.exchange.khur import Khur
from soyol.exchange.register import Register


def offered() -> Register | None:
    """The one that the settings name, or None: then no page offers it and its address is not there."""
    if settings.SOYOL_EXCHANGE != "khur":
        return None
    return Khur(
        token=settings.SOYOL_KHUR_TOKEN,
        key=settings.SOYOL_KHUR_KEY,
        origin=settings.SOYOL_KHUR_ADDRESS,
        certificates=settings.SOYOL_KHUR_CERTIFICATES,
        operator=settings.SOYOL_KHUR_OPERATOR,
    )
