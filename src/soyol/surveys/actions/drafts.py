"""Answers while they are written: kept sealed after each page, reached by a link of which only the hash is kept."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.fields import reach
from soyol.surveys.choices import How, Mode
from soyol.surveys.models import Draft, FormVersion, Submission
from soyol.surveys.rules import Form, Refused

#: For how long a link leads back to answers that were not sent.
LIFE = timedelta(days=14)
#: Signs of all answers together.
MOST = 200_000


def begin(
    *, by: By, version: FormVersion, mandate: Mapping[str, str] | None = None, corrects: Submission | None = None
) -> tuple[Draft, str]:
    """Open a draft; gives it and the secret part of its link. ``mandate``: an officer writes for somebody else.

    Raises Refused where nobody is asked now, or where the mandate does not say what it must.
    """
    if corrects is None and not version.is_asked:
        raise Refused("not_published")
    if mandate is not None:
        check_mandate(mandate)
    sweep()
    token = secrets.token_urlsafe(24)
    now = timezone.now()
    draft = Draft(
        version=version,
        digest=digest_of(token),
        answers=dict(corrects.answers) if corrects else defaults(version.compiled),
        mode=Mode.PUBLIC if mandate is None else Mode.ENUMERATOR,
        entered_by=by.name if mandate is not None else "",
        entered_by_id=by.id if mandate is not None else "",
        mandate=dict(mandate) if mandate is not None else None,
        expires_at=now + LIFE,
        corrects=corrects,
    )
    if corrects is not None:
        draft.instance_id = corrects.instance_id
    draft.save()
    return draft, token


def check_mandate(mandate: Mapping[str, str]) -> None:
    """Raise Refused where it does not say whom an officer enters, how they met and on what authority."""
    told = all(mandate.get(name, "").strip() for name in ("who", "authority", "agreed"))
    if mandate.get("how") not in How.values or not told:
        raise Refused("mandate")


def defaults(form: Form) -> dict[str, Any]:
    """What stands in the form before anybody wrote; rounds get theirs when they are added."""
    return {
        placed.item.name: placed.item.default
        for placed in form.questions()
        if placed.item.default and not placed.repeat
    }


def digest_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def save(*, draft: Draft, answers: Mapping[str, Any]) -> None:
    """Keep what was written so far, right or not. Raises Refused when it is too much or was sent meanwhile."""
    if len(json.dumps(answers, ensure_ascii=False)) > MOST:
        raise Refused("too_much", most=MOST)
    mine = Draft.objects.select_for_update().get(pk=draft.pk)
    if mine.sent_id is not None:
        raise Refused("instance_known")
    draft.answers, draft.saved_at = dict(answers), timezone.now()
    draft.save(update_fields=["answers", "saved_at"])


@transaction.atomic
def drop(*, draft: Draft) -> None:
    """Throw away what was not sent."""
    draft.delete()


@reach.opened("drafts whose time is over go unread")
def sweep() -> int:
    """Throw away drafts whose time is over; their number."""
    gone, _each = Draft.objects.filter(expires_at__lte=timezone.now()).delete()
    return gone
