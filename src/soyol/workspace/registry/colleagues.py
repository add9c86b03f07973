"""Whom a question can be laid before."""

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.registry.models import Question


def colleagues(question: Question, *, but: User) -> list[tuple[int, str]]:
    """Accounts that may answer this question and have not yet, by name, without ``but``."""
    places = [_last(path) for path in (question.left_path, question.right_path)]
    found = accounts.holders(Permission.JUDGE_PAIRS, units=places)
    answered = set(question.opinions.filter(taken_back_at__isnull=True).values_list("user_id", flat=True))
    return [(user.pk, user.name) for user in found if user.pk not in {but.pk, *answered}]


def name_of(user: int) -> str:
    """How an account is called."""
    return str(User.objects.values_list("name", flat=True).get(pk=user))


def _last(path: str) -> str | None:
    """The unit at the end of a path; None for nowhere."""
    return path.rstrip("/").rpartition("/")[2] or None
