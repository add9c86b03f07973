"""How each value is known, in words."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from soyol.audit import By
from soyol.registry import actions, queries
from soyol.registry.choices import Level
from soyol.registry.models import Actor
from soyol.registry.queries.levels import SIGNS
from soyol.registry.queries.own import own_page
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

OFFICER = By(kind="person", id="7", name="An officer", on_behalf="Office of the province")


@pytest.fixture
def person() -> Actor:
    """Somebody of whom a list says a name and a year of birth."""
    return make.people(make.a_source("members"), [{"name": "Bat Dorj", "birth_date": "1980"}])[0]


def _known(actor: Actor, field: str) -> list[tuple[str, str, str]]:
    """Value, level and words of each statement, in English."""
    with override("en"):
        told = [one for one in queries.statements_of(actor.number) if one.field == field]
        return [(one.value, str(one.known.level), one.known.words) for one in told]


def test_what_a_list_says_is_declared_there(person: Actor) -> None:
    [(value, level, words)] = _known(person, "birth_date")
    assert (value, level) == ("1980", Level.DECLARED)
    assert words.startswith("declared in “members”, ")


def test_what_an_officer_saw_a_document_of_names_its_kind_day_and_office(person: Actor) -> None:
    told = {"birth_date": "1980-02-03", "observed_on": "2020-05-06"}
    actions.state_by_hand(by=OFFICER, actor=person, values=told, reason="He brought it", document="passport")
    value, level, words = _known(person, "birth_date")[0]
    assert (value, level) == ("1980-02-03", Level.DOCUMENT)
    assert words.startswith("checked against a document (passport), ")
    assert words.endswith(", by Office of the province")
    assert "2020" not in words  # the day of the check, not that of the document


def test_only_what_a_document_shows_is_checked_by_it() -> None:
    told = {"kind": "person", "name": "Bat Dorj", "birth_date": "1980-02-03", "phones": ["+97699112233"]}
    actor = actions.add_by_hand(by=OFFICER, values=told, reason="He came", document="identity_card")
    levels = {one.field: str(one.known.level) for one in queries.statements_of(actor.number)}
    assert levels == {"name": Level.DOCUMENT, "birth_date": Level.DOCUMENT, "phones": Level.DECLARED}


def test_what_was_chosen_among_lists_is_no_better_known(person: Actor) -> None:
    (statement,) = [one for one in queries.statements_of(person.number) if one.field == "birth_date"]
    from soyol.registry.models import Statement

    actions.choose_value(
        by=OFFICER, actor=person, statement=Statement.objects.get(pk=statement.pk), reason="The list knows"
    )
    _value, level, words = _known(person, "birth_date")[0]
    assert (level, words.startswith("chosen by an officer, ")) == (Level.DECLARED, True)


def test_what_is_shown_can_be_checked_without_being_typed_anew(person: Actor) -> None:
    actions.check_shown(by=OFFICER, actor=person, document="birth", reason="She brought it")
    for field, value in (("name", "Bat Dorj"), ("birth_date", "1980")):
        assert _known(person, field)[0][:2] == (value, Level.DOCUMENT)


def test_the_holder_is_told_of_each_value_how_it_is_known(person: Actor) -> None:
    actions.check_shown(by=OFFICER, actor=person, document="birth", reason="She brought it")
    page = own_page(person, proved_at=timezone.now())
    levels = {fact.field: fact.values[0].known.level for fact in page.facts if fact.values[0].known is not None}
    assert levels == {"name": Level.DOCUMENT, "birth_date": Level.DOCUMENT}


def test_each_level_has_a_sign_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS) == len(Level)
