"""Whom a question can be laid before."""

from collections.abc import Collection

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.registry.models import Question


def colleagues(question: Question, *, but: User, answered: Collection[int]) -> list[tuple[int, str]]:
    """Accounts that may answer this question, by name, without ``but`` and those who have ``answered`` it."""
    places = [_last(path) for path in (question.left_path, question.right_path)]
    found = accounts.holders(Permission.JUDGE_PAIRS, units=places)
    return [(user.pk, user.name) for user in found if user.pk not in {but.pk, *answered}]


def name_of(user: int) -> str:
    """How an account is called."""
    return str(User.objects.values_list("name", flat=True).get(pk=user))


def _last(path: str) -> str | None:
    """The unit at the end of a path; None for nowhere."""
    return path.rstrip("/").rpartition("/")[2] or None
