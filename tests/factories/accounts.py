"""Accounts for tests."""

from itertools import count

from allauth.account.models import EmailAddress

from soyol.accounts import actions
from soyol.accounts.choices import Document, Role
from soyol.accounts.models import Grant, Recovery, User
from soyol.bodies.models import Body
from soyol.places.models import Unit

_numbers = count(1)


def user(
    role: Role | None = None,
    *,
    unit: Unit | None = None,
    body: Body | None = None,
    sample: bool = True,
    **values: object,
) -> User:
    """An account with one grant from today; sample accounts need no second factor on loopback."""
    number = next(_numbers)
    told = {"email": f"person{number}@example.org", "name": f"Person {number}", "is_sample": sample, **values}
    made = User(**told)
    made.set_unusable_password()
    made.save()
    if role is not None:
        Grant.objects.create(user=made, role=role, unit=unit, body=body)
    return made


def alone(*, password: str = "", **values: object) -> User:
    """An account that somebody made by themselves: a proven address, and no grant."""
    made = user(sample=False, **values)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=True)
    if password:
        made.set_password(password)
        made.save()
    return made


def a_recovery(*, by: User, of: User | None = None, email: str = "") -> tuple[Recovery, str]:
    """An open recovery that an officer began, and the secret of its link."""
    tokens: list[str] = []
    recovery = actions.begin_recovery(
        by=by,
        user=of or alone(),
        email=email or f"found{next(_numbers)}@example.org",
        document=Document.PASSPORT,
        compared="The face with the picture",
        link=lambda token: tokens.append(token) or f"https://soyol.example/{token}",  # type: ignore[func-returns-value]
    )
    return recovery, tokens[0]
