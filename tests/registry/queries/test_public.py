"""Nothing private reaches the public face: the tests hold data that could leak."""

from datetime import date

import pytest

from soyol.registry import actions as registry
from soyol.registry import queries
from soyol.registry.choices import ActorKind, Face, FieldClass
from soyol.registry.models import Actor, DirectoryEntry
from soyol.sources.choices import OWN, UNCHECKED
from soyol.sources.models import SourceRecord
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
CANARIES = {
    "person_number": "QQ80010199",
    "birth_date": "1980-01-02",
    "phones": ["+97699887766"],
    "emails": ["canary@example.org"],
    "address": "Canary street 7",
    "note": "canary note",
    "gender": "other",
    "clan_name": "Canaryclan",
}


def person(**more: object) -> Actor:
    return an_actor(a_record(a_source(), name="Bat Dorj", **CANARIES, **more))


def test_person_without_consent_is_not_there_for_the_public() -> None:
    actor = person()
    for ask in (
        lambda: queries.entry_of(actor.number, public_only=True),
        lambda: queries.actor_page(actor.number, audience=FieldClass.PUBLIC),
    ):
        with pytest.raises(Actor.DoesNotExist):
            ask()
    assert queries.search("Bat Dorj", public_only=True).total == 0
    assert queries.search(actor.number, public_only=True).total == 0
    assert queries.search("", public_only=True).total == 0
    assert queries.home_counts(public_only=True).actors == 0


def test_person_with_consent_shows_no_private_value() -> None:
    actor = person(consent=True)
    shown = repr(queries.actor_page(actor.number, audience=FieldClass.PUBLIC))
    entry = repr(DirectoryEntry.objects.filter(face="public").values().get())
    assert "Bat Dorj" in shown
    for canary in ("QQ800101", "1980", "99887766", "canary", "Canary", "other"):
        assert canary not in shown, canary
        assert canary not in entry, canary


def test_values_of_rows_without_consent_stay_out_of_a_public_entry() -> None:
    open_list, closed_list = a_source(), a_source()
    actor = an_actor(
        a_record(open_list, name="Bat Dorj", consent=True),
        a_record(closed_list, name="Batbold Secretname", stage_name="Hidden"),
    )
    shown = repr(queries.actor_page(actor.number, audience=FieldClass.PUBLIC))
    assert "Secretname" not in shown
    assert "Hidden" not in shown
    assert queries.search("Secretname", public_only=True).total == 0
    assert queries.search("Hidden", public_only=True).total == 0
    assert queries.search("Secretname", public_only=False).total == 1


def test_a_list_is_shown_with_the_day_of_which_it_speaks_and_not_only_with_the_day_on_which_it_came() -> None:
    source = a_source()
    row = a_record(source, a_batch(source, observed_on=date(2017, 11, 15)), name="Bat Dorj", consent=True)
    row.last_batch = row.batch
    row.save(update_fields=["last_batch"])
    [shown] = queries.actor_page(an_actor(row).number, audience=FieldClass.PUBLIC).sources
    assert shown.as_of == date(2017, 11, 15)
    assert shown.last_seen is not None


def test_newer_no_ends_an_older_consent() -> None:
    source = a_source()
    older, newer = a_batch(source, observed_on=date(2019, 1, 1)), a_batch(source, observed_on=date(2020, 1, 1))
    yes, no = (
        a_record(source, older, name="Bat Dorj", consent=True),
        a_record(source, newer, name="Bat Dorj", consent=False),
    )
    assert queries.search("Bat Dorj", public_only=True).total == 0 if an_actor(yes, no) else None


def test_newer_consent_ends_an_older_no() -> None:
    source = a_source()
    older, newer = a_batch(source, observed_on=date(2019, 1, 1)), a_batch(source, observed_on=date(2020, 1, 1))
    an_actor(
        a_record(source, older, name="Bat Dorj", consent=False), a_record(source, newer, name="Bat Dorj", consent=True)
    )
    assert queries.search("Bat Dorj", public_only=True).total == 1


def test_organisation_shows_public_facts_but_no_people() -> None:
    record = a_record(
        a_source(),
        kind="organisation",
        name="Film House",
        company_number="1234567",
        director="Canary Director",
        phones=["+97611"],
    )
    actor = an_actor(record)
    page = queries.actor_page(actor.number, audience=FieldClass.PUBLIC)
    fields = {fact.field for fact in page.facts}
    assert "company_number" in fields
    assert not fields & {"director", "phones"}
    assert "Canary" not in repr(page)


def test_staff_see_a_national_number_only_masked() -> None:
    actor = person()
    page = queries.actor_page(actor.number, audience=FieldClass.PRIVATE)
    statements = queries.statements_of(actor.number)
    assert "QQ800101" not in repr(page)
    assert "QQ800101" not in repr(statements)
    assert [each.display for each in statements if each.field == "person_number"] == ["••••••••99"]


def test_informal_group_needs_consent_like_a_person() -> None:
    an_actor(a_record(a_source(), kind=ActorKind.GROUP, name="Quiet Choir"))
    assert queries.search("Quiet Choir", public_only=True).total == 0


def test_a_name_stands_in_one_order_for_everybody() -> None:
    """The one list that has consent has the two names of everybody the wrong way round; three others know better."""
    right = {"given_name": "Quirin", "surname": "Zyx", "name": "Zyx Quirin"}
    wrong = {"given_name": "Zyx", "surname": "Quirin", "name": "Quirin Zyx"}
    rows = [a_record(a_source(), **right) for _ in range(3)]
    found = an_actor(*rows, a_record(a_source(), consent=True, **wrong))
    names = dict(DirectoryEntry.objects.filter(actor=found).values_list("face", "name"))
    assert names[Face.PUBLIC] == names[Face.STAFF]


def _enrolled(kind: str, **more: object) -> Actor:
    return registry.add_by_hand(
        by=BY, values={"kind": kind, "name": "Canary Players", **more}, reason="enrolled by themselves", hand=UNCHECKED
    )


@pytest.mark.parametrize("kind", ["organisation", "group", "person"])
def test_what_was_enrolled_and_not_checked_is_not_there_for_the_public(kind: str) -> None:
    actor = _enrolled(kind)
    assert not DirectoryEntry.objects.filter(actor=actor, face=Face.PUBLIC).exists()
    assert queries.search("Canary Players", public_only=True).total == 0
    assert DirectoryEntry.objects.filter(actor=actor, face=Face.STAFF).exists()


def test_once_it_was_checked_it_is_there_and_the_unchecked_row_is_not_among_its_lists() -> None:
    actor = _enrolled("organisation", websites=["https://canary.example"])
    values = {"name": "Canary Players"}
    registry.state_by_hand(by=BY, actor=actor, values=values, reason="checked", hand=OWN, instead_of=UNCHECKED)
    page = queries.actor_page(actor.number, audience=FieldClass.PUBLIC)
    assert [each.code for each in page.sources] == [OWN.code]
    assert "canary.example" not in repr(page)
    assert not SourceRecord.objects.get(source__code=UNCHECKED.code).live


def test_whom_only_answers_to_a_survey_name_is_not_there_for_the_public_unless_they_agreed() -> None:
    survey = a_source(is_survey=True)
    stranger = an_actor(a_record(survey, kind="organisation", name="Canary Players"))
    agreed = an_actor(a_record(survey, name="Bat Dorj", consent=True))
    known = an_actor(
        a_record(survey, kind="organisation", name="Known Theatre"),
        a_record(a_source(), kind="organisation", name="Known Theatre"),
    )
    public = set(DirectoryEntry.objects.filter(face=Face.PUBLIC).values_list("actor_id", flat=True))
    assert public == {agreed.pk, known.pk}
    assert stranger.pk not in public
