"""What somebody told an officer: noted with how and by which proof, never over the no of whoever holds the entry."""

from collections.abc import Callable

import pytest

from soyol.accounts.models import User
from soyol.audit import By
from soyol.claims import actions
from soyol.registry.actions import AtDesk, choose_consent, write_first_texts, write_text
from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import Actor, ConsentChoice
from soyol.registry.queries.consents import current_texts, last_choices
from soyol.registry.rules import Refused
from tests.factories.accounts import user as an_officer
from tests.factories.claims import a_holder, hold_of
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
CALLS = Purpose.CALLS.value
OFFICER = By(kind=BY.kind, name="Officer", on_behalf="Culture office")


@pytest.fixture
def actor() -> Actor:
    write_first_texts(by=BY)
    return an_actor(a_record(a_source(), name="Dorj Bat"))


def _note(actor: Actor, *, given: bool, officer: User | None = None, **more: object) -> list[ConsentChoice]:
    told: dict[str, object] = {
        "choices": {CALLS: given},
        "words": {CALLS: current_texts()[CALLS].pk},
        "desk": AtDesk("phone", "call 12"),
        "language": "mn",
        **more,
    }
    return actions.note_consent(by=OFFICER, officer=officer or an_officer(), actor=actor, **told)  # type: ignore[arg-type]


def _choose(actor: Actor, channel: Channel, *, given: bool) -> None:
    choose_consent(by=BY, actor=actor, purpose=CALLS, given=given, language="mn", channel=channel)


def _holds(actor: Actor) -> bool:
    return last_choices([actor.pk])[actor.pk][CALLS].given


def _refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    return str(refusal.value.code)


def test_a_yes_by_telephone_holds_at_once_and_says_how_and_to_which_office(actor: Actor) -> None:
    [made] = _note(actor, given=True)
    actor.refresh_from_db()
    assert (made.channel, made.told, made.office, made.proof, made.user_id) == (
        "desk", "phone", "Culture office", "call 12", None,
    )  # fmt: skip
    assert (actor.calls, "Culture office" in made.where) == (True, True)


def test_who_holds_the_entry_and_said_no_is_not_overruled_by_an_officer(actor: Actor) -> None:
    a_holder(actor)
    _choose(actor, Channel.OWN, given=False)
    assert _refused(lambda: _note(actor, given=True)) == "consent_own_no"
    _note(actor, given=False)
    assert _refused(lambda: _note(actor, given=True)) == "consent_own_no", "their own word stands, also behind it"
    assert not _holds(actor)
    _choose(actor, Channel.OWN, given=True)
    assert _holds(actor)


def test_a_no_is_noted_over_the_own_yes_of_a_holder_and_a_yes_after_it(actor: Actor) -> None:
    a_holder(actor)
    _choose(actor, Channel.OWN, given=True)
    _note(actor, given=False)
    assert not _holds(actor)
    _note(actor, given=True)
    assert _holds(actor)


def test_who_holds_nothing_any_more_can_say_yes_at_the_desk_after_a_no(actor: Actor) -> None:
    holder = a_holder(actor)
    _choose(actor, Channel.OWN, given=False)
    actions.end_hold(by=holder.by, hold=hold_of(holder))
    _note(actor, given=True)
    assert _holds(actor)


def test_who_ended_letters_by_the_link_and_holds_nothing_can_say_yes_at_the_desk(actor: Actor) -> None:
    _choose(actor, Channel.LETTER, given=False)
    _note(actor, given=True)
    assert _holds(actor)


def test_nobody_notes_for_an_entry_of_their_own(actor: Actor) -> None:
    assert _refused(lambda: _note(actor, given=True, officer=a_holder(actor))) == "consent_of_oneself"


@pytest.mark.parametrize("desk", [AtDesk("", "call 12"), AtDesk("phone", " "), AtDesk("dream", "call 12")])
def test_it_is_said_how_it_was_told_and_by_which_proof(actor: Actor, desk: AtDesk) -> None:
    assert _refused(lambda: _note(actor, given=True, desk=desk)) == "consent_unproven"
    assert not ConsentChoice.objects.exists()


def test_the_words_that_were_read_are_those_that_hold(actor: Actor) -> None:
    read = {CALLS: current_texts()[CALLS].pk}
    write_text(by=BY, purpose=CALLS, texts={"mn": "шинэ", "en": "new"})
    assert _refused(lambda: _note(actor, given=True, words=read)) == "consent_words_changed"


def test_of_several_purposes_all_are_noted_or_none(actor: Actor) -> None:
    a_holder(actor)
    _choose(actor, Channel.OWN, given=False)
    words = {purpose: text.pk for purpose, text in current_texts().items()}
    both = {Purpose.PROFILE.value: True, CALLS: True}
    assert _refused(lambda: _note(actor, given=True, choices=both, words=words)) == "consent_own_no"
    assert ConsentChoice.objects.count() == 1
