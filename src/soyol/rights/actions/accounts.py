"""Deleting an account at its owner's wish, where no entry hangs on it."""

from django.db import transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.accounts.queries import current_grants
from soyol.audit import By
from soyol.claims.choices import ClaimState
from soyol.claims.models import Claim
from soyol.claims.queries.holding import current_holds
from soyol.fields import reach
from soyol.rights.actions.erasing import empty_log, remove_account
from soyol.rights.queries import erasures
from soyol.rights.rules import Refused


@reach.opened("only what the account itself wrote is looked at, and goes")
def delete_account(*, by: By, user: User) -> None:
    """Take the account away with everything that it wrote; its number stays, for the audit names it.

    Raises Refused while it holds an entry (which is erased with its account, or let go first), waits for an officer, or
    has a role. A restore of an older backup deletes it again.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        _check(user)
        erasures.add(timezone.now().isoformat(), (), user.pk)
        remove_account(by=by, user=user)
    empty_log()


def _check(user: User) -> None:
    if current_holds().filter(user=user).exists():
        raise Refused("account_holds")
    if Claim.rows().filter(user=user, state=ClaimState.OPEN).exists():
        raise Refused("account_waits")
    if current_grants(user).exists():
        raise Refused("account_role")
