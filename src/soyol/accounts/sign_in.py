"""Our wishes to allauth: no open sign-up, names instead of addresses, wishes for the second factor kept."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from soyol.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no type marker
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False


def shown_name(user: User) -> str:
    """How allauth's pages and letters address somebody."""
    return user.name
