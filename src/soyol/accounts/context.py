"""What every page knows of whoever looks at it."""

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from soyol.accounts import queries
from soyol.accounts.choices import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest


def shown(request: "HttpRequest") -> dict[str, Any]:
    """``sees_desk``: whether the reader works at the desk, asked at most once a page and only where a page asks."""
    user = getattr(request, "user", AnonymousUser())

    @cache
    def sees_desk() -> bool:
        return queries.may(user, Permission.SEE_DESK)

    return {"sees_desk": sees_desk}
