"""Accounts that hold entries, for tests."""

from soyol.accounts.models import User
from soyol.claims.actions import accept
from soyol.claims.actions.opening import new_claim, proved
from soyol.claims.choices import Capacity, Proof
from soyol.claims.models import Hold
from soyol.registry.models import Actor
from tests.factories import accounts
from tests.factories.registry import BY


def a_citizen(**values: object) -> User:
    """An account without any role, with an address that it has proved."""
    from allauth.account.models import EmailAddress

    made = accounts.user(sample=False, **values)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=True)
    return made


def a_holder(actor: Actor, **values: object) -> User:
    """An account that has proved that the entry is of itself."""
    made = a_citizen(**values)
    proved(by=BY, user=made, actor=actor, proof=Proof.DOCUMENT)
    return made


def hold_of(user: User) -> Hold:
    """What an account holds, where it is one thing."""
    return Hold.objects.get(user=user, ended_at__isnull=True)


def a_representative(actor: Actor) -> User:
    """An account that represents an entry which is no person, as an officer has accepted."""
    user = a_citizen()
    made = new_claim(user, Capacity.REPRESENTATIVE, Proof.DOCUMENT, actor=actor)
    made.save()
    accept(by=BY, officer=accounts.user(), claim=made, actor=actor, reason="charter seen", version=made.version)
    return user
