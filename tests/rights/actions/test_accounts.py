"""Deleting an account at its owner's wish."""

from pathlib import Path

import pytest
from django.conf import settings

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit.queries import verify
from soyol.claims import actions as claims
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.rights import actions
from soyol.rights.actions.erasing import again
from soyol.rights.queries import erasures
from soyol.rights.rules import Refused
from tests.factories import accounts as make_accounts
from tests.factories.claims import a_citizen, a_holder
from tests.factories.registry import BY, a_record, a_source, an_actor
from tests.rights.canary import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country", "reads_here")]
CANARY = ("Kanariqa", "zwhistler@example.org", "kanariq words")


def _refusal(user: User) -> str:
    with pytest.raises(Refused) as refused:
        actions.delete_account(by=user.by, user=user)
    assert str(refused.value)
    user.refresh_from_db()
    assert user.is_active
    return refused.value.code


def test_nothing_that_the_account_wrote_is_left() -> None:
    user = a_citizen(name="Kanariqa", email="zwhistler@example.org")
    send(by=BY, channel=Channel.MAIL, address=user.email, subject="Hello", body="kanariq words", purpose="tests.letter")
    assert {word for _place, word in found(CANARY)} == set(CANARY)
    actions.delete_account(by=user.by, user=user)
    user.refresh_from_db()
    assert (user.is_active, user.name) == (False, "")
    assert {place for place, _word in found(CANARY)} == {"audit.Entry.actor_name"}, "the log is kept whole"
    assert [each.account for each in erasures.erasures()] == [user.pk]
    assert verify().breaks == ()


def test_what_hangs_on_an_account_keeps_it() -> None:
    actor = an_actor(a_record(a_source(), name="Somebody"))
    assert _refusal(a_holder(actor)) == "account_holds"
    waiting = a_citizen()
    claims.enrol(by=waiting.by, user=waiting, values={"kind": "person", "name": "Waiting"})
    assert _refusal(waiting) == "account_waits"
    assert _refusal(make_accounts.user(Role.REGISTRY_OFFICER)) == "account_role"
    assert not (Path(settings.SOYOL_DATA) / erasures.NAME).exists()


def test_after_a_restore_it_goes_again() -> None:
    user = a_citizen(name="Kanariqa")
    erasures.add("2026-11-28T00:00:00+00:00", (), user.pk)
    assert again(by=BY) == 1
    user.refresh_from_db()
    assert (user.is_active, user.name) == (False, "")
