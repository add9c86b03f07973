"""Codes: whoever answers a contact that lists hold takes the entry, and nobody learns who is in the registry."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from soyol.accounts.models import User
from soyol.claims import actions
from soyol.claims.actions import codes
from soyol.claims.models import Attempt, Hold
from soyol.claims.rules import DAILY, TRIES, Refused
from soyol.notices.models import Message
from soyol.registry.actions import add_stake, merge
from soyol.registry.models import Actor
from soyol.sources.models import Source
from tests.factories.claims import a_citizen, a_holder
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
MAIL = "bat@example.org"


def _dorj_bat(source: Source | None = None, observed: date | None = None, **values: Any) -> Actor:
    source = source or a_source(trust=60)
    told = {"name": "Dorj Bat", "given_name": "Bat", "surname": "Dorj", "emails": [MAIL], **values}
    return an_actor(a_record(source, a_batch(source, observed_on=observed), **told))


def _refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    return str(refusal.value.code)


def _ask(user: User, name: str = "Dorj Bat", contact: str = MAIL) -> tuple[Attempt, str]:
    """The attempt, and the code that was sent ("" where nothing was)."""
    before = Message.objects.count()
    attempt = actions.ask_code(by=user.by, user=user, name=name, contact=contact)
    if Message.objects.count() == before:
        return attempt, ""
    body = str(Message.objects.latest("pk").body)
    return attempt, next(word for word in body.split() if word.isdecimal() and len(word) == 6)


def test_whoever_has_the_code_holds_the_entry() -> None:
    actor, user = _dorj_bat(), a_citizen()
    attempt, code = _ask(user)
    hold = actions.enter_code(by=user.by, user=user, attempt=attempt, code=f" {code} ")
    assert (hold.actor, hold.user, hold.claim.proof) == (actor, user, "code")
    message = Message.objects.get()
    assert (message.address, message.forget_body, message.purpose) == (MAIL, True, "claims.code")


@pytest.mark.parametrize("name", ["Bat Dorj", "ДОРЖ БАТ" if settings.SOYOL_PACK == "mn" else "DORJ BAT", "dorj bat"])
def test_a_name_is_known_in_any_script_and_order(name: str) -> None:
    _dorj_bat()
    assert _ask(a_citizen(), name)[1]


def test_nothing_is_sent_where_the_name_is_another() -> None:
    _dorj_bat()
    attempt, code = _ask(a_citizen(), "Ganbold Tuya")
    assert (code, attempt.actor) == ("", None)


def test_a_contact_out_of_what_anybody_could_write_sends_nothing() -> None:
    for source in (a_source(trust=60, is_survey=True), a_source(trust=49)):
        _dorj_bat(source)
    assert _ask(a_citizen())[1] == ""


def test_a_contact_that_was_true_too_long_ago_sends_nothing() -> None:
    _dorj_bat(observed=timezone.localdate() - timedelta(days=6 * 365))
    assert _ask(a_citizen())[1] == ""


def test_two_people_of_one_name_at_one_contact_are_for_an_officer() -> None:
    for _ in range(2):
        _dorj_bat()
    assert _ask(a_citizen())[1] == ""


def test_money_at_stake_is_for_an_officer() -> None:
    add_stake(by=BY, actor=_dorj_bat(), kind="money", names={"en": "Grant"}, origin="tests.Grant:1")
    assert _ask(a_citizen())[1] == ""


def test_an_entry_that_another_account_holds_is_not_given_away() -> None:
    a_holder(_dorj_bat())
    assert _ask(a_citizen())[1] == ""


def test_the_dead_are_taken_by_nobody_with_their_telephone() -> None:
    _dorj_bat(death_date="2020-01-01")
    assert _ask(a_citizen())[1] == ""


def test_a_wrong_code_one_too_many_and_none_at_all_read_alike() -> None:
    _dorj_bat()
    user, other = a_citizen(), a_citizen()
    attempt, code = _ask(user)
    nobody, _none = _ask(other, "Ganbold Tuya")
    told = {_refused(lambda: actions.enter_code(by=other.by, user=other, attempt=nobody, code="000000"))}
    for _ in range(TRIES):
        told.add(_refused(lambda: actions.enter_code(by=user.by, user=user, attempt=attempt, code="x")))
    told.add(_refused(lambda: actions.enter_code(by=user.by, user=user, attempt=attempt, code=code)))
    assert told == {"code_wrong"}
    assert not Hold.objects.exists()


def test_a_code_fits_only_the_account_that_asked_for_it_once_and_in_time() -> None:
    _dorj_bat()
    user, thief = a_citizen(), a_citizen()
    attempt, code = _ask(user)
    assert _refused(lambda: actions.enter_code(by=thief.by, user=thief, attempt=attempt, code=code)) == "code_wrong"
    Attempt.objects.update(expires_at=timezone.now())
    assert _refused(lambda: actions.enter_code(by=user.by, user=user, attempt=attempt, code=code)) == "code_wrong"
    Attempt.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    actions.enter_code(by=user.by, user=user, attempt=attempt, code=code)
    assert _refused(lambda: actions.enter_code(by=user.by, user=user, attempt=attempt, code=code)) == "code_wrong"


def test_neither_an_account_nor_a_contact_is_tried_out() -> None:
    user = a_citizen()
    for number in range(DAILY):
        _ask(user, f"Name {number}")
    assert _refused(lambda: _ask(user, "One More")) == "codes_used_up"
    assert _refused(lambda: _ask(a_citizen(), "One More")) == "codes_used_up"
    Attempt.objects.update(asked_at=timezone.now() - codes.DAY)
    assert _ask(user, "Next Day")[1] == ""


def test_what_is_no_contact_is_said() -> None:
    assert _refused(lambda: _ask(a_citizen(), contact="my door")) == "contact_unclear"


def test_an_address_that_the_account_has_proved_is_proof_enough() -> None:
    actor = _dorj_bat()
    user = a_citizen(email=MAIL)
    assert actions.take_by_address(by=user.by, user=user, name="Dorj Bat").actor == actor


def test_asking_with_ones_own_address_counts_so_that_names_are_not_tried_out() -> None:
    _dorj_bat()
    user = a_citizen(email=MAIL)
    codes_told = [
        _refused(lambda: actions.take_by_address(by=user.by, user=user, name="Ganbold Tuya")) for _ in range(DAILY + 1)
    ]
    assert codes_told == ["no_entry"] * DAILY + ["codes_used_up"]


def test_a_code_that_is_entered_after_the_entry_became_another_holds_there() -> None:
    actor, other = _dorj_bat(), an_actor(a_record(a_source(), name="Dorj Bat"))
    user = a_citizen()
    attempt, code = _ask(user)
    merge(by=BY, keep=other, absorb=actor, reason="the same")
    assert actions.enter_code(by=user.by, user=user, attempt=attempt, code=code).actor == other
