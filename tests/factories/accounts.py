"""Accounts for tests."""

from itertools import count

from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
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
