"""Which state's sign-in this site uses."""

from django.conf import settings

from soyol.accounts.state.dan import Dan
from soyol.accounts.state.proof import StateSignIn


def offered() -> StateSignIn | None:
    """The one that the settings name, or None: then no page offers it and its addresses are not there."""
    if settings.SOYOL_STATE_SIGN_IN != "dan":
        return None
    return Dan(client=settings.SOYOL_DAN_CLIENT, secret=settings.SOYOL_DAN_SECRET, origin=settings.SOYOL_DAN_ADDRESS)
