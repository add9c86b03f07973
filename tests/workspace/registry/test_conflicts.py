"""Pages on which what lists say differently is settled."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.translation import ngettext

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.jobs.models import Job
from soyol.places.models import Unit
from soyol.registry.models import Actor, DirectoryEntry, LeftBoth, Statement, TrustRule
from soyol.workspace.looks import CONFLICTS
from tests.factories import registry as make
from tests.workspace.conftest import TOLD

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


@pytest.fixture
def torn(here: Unit) -> Actor:
    """An entry about whose birth two lists contradict each other."""
    told = {"name": TOLD.shown, "unit": here.code}
    rows = [
        make.a_record(make.a_source(code), **told, birth_date=day)
        for code, day in (("film", "1980"), ("survey", "1981"))
    ]
    return make.an_actor(*rows)


def _conflicts(actor: Actor) -> list[str]:
    return DirectoryEntry.objects.get(actor=actor, face="staff").conflicts


def test_entries_that_wait_are_listed_to_those_of_their_place(
    torn: Actor, province_officer: User, officer_elsewhere: User, client_of: Signed
) -> None:
    mine, theirs = (client_of(who).get("/desk/conflicts/") for who in (province_officer, officer_elsewhere))
    assert [entry.number for entry, _fields in mine.context["entries"]] == [torn.number]
    assert (theirs.context["entries"], theirs.context["counts"]) == ([], [])
    looks = Entry.objects.filter(kind=EntryKind.LOOKED)
    assert [(look.target, look.told["purpose"]) for look in looks] == [(f"registry.Actor:{torn.number}", CONFLICTS)]
    page = f"/desk/conflicts/{torn.number}/birth_date/"
    assert client_of(officer_elsewhere).get(page).status_code == 404
    assert client_of(province_officer).get(page).status_code == 200
    assert client_of(province_officer).get(f"/desk/conflicts/{torn.number}/name/").status_code == 404


def test_the_start_says_that_they_wait_to_those_of_their_place(
    torn: Actor, province_officer: User, officer_elsewhere: User, client_of: Signed
) -> None:
    mine, theirs = (client_of(who).get("/desk/").content.decode() for who in (province_officer, officer_elsewhere))
    words = ngettext(
        "Lists contradict each other about %(n)d entry", "Lists contradict each other about %(n)d entries", 1
    )
    assert (words % {"n": 1} in mine, words % {"n": 1} in theirs) == (True, False)


def test_a_value_is_chosen(torn: Actor, province_officer: User, client_of: Signed) -> None:
    client, page = client_of(province_officer), f"/desk/conflicts/{torn.number}/birth_date/"
    said = Statement.objects.get(field="birth_date", record__source__code="survey")
    assert client.post(f"{page}choose/", {"statement": said.pk}).status_code == 422
    client.post(f"{page}choose/", {"statement": said.pk, "reason": "Passport"})
    assert _conflicts(torn) == []


def test_both_are_left(torn: Actor, province_officer: User, client_of: Signed) -> None:
    page = f"/desk/conflicts/{torn.number}/birth_date/"
    client_of(province_officer).post(f"{page}leave/", {"reason": "Nobody knows"})
    assert (_conflicts(torn), LeftBoth.objects.count()) == ([], 1)
    history = client_of(province_officer).get(f"/desk/entries/{torn.number}/").context["history"]
    assert (history[0].why, history[0].by_name, history[0].change) == ("Nobody knows", province_officer.name, None)


def test_a_rule_is_written_by_those_who_answer_for_the_whole_and_ended_by_them(
    torn: Actor, province_officer: User, registry_officer: User, client_of: Signed
) -> None:
    page, told = f"/desk/conflicts/{torn.number}/birth_date/", {"better": "survey", "worse": "film", "reason": "Newer"}
    assert client_of(province_officer).post(f"{page}believe/", told).status_code == 403
    client = client_of(registry_officer)
    assert client.post(f"{page}believe/", {**told, "worse": "survey"}).status_code == 422
    answer = client.post(f"{page}believe/", told)
    job = Job.objects.get(kind="registry.renew")
    assert answer["Location"] == f"/desk/work/{job.pk}/"
    rule = TrustRule.objects.get()
    client.post(f"/desk/conflicts/rules/{rule.pk}/end/")
    rule.refresh_from_db()
    assert rule.ended_at is not None
    assert client.post("/desk/conflicts/rules/99/end/").status_code == 404


@pytest.mark.parametrize("second", ["choose", "leave"])
def test_who_settles_second_is_shown_first_what_the_first_did(
    torn: Actor, province_officer: User, registry_officer: User, client_of: Signed, second: str
) -> None:
    page = f"/desk/conflicts/{torn.number}/birth_date/"
    film, survey = (Statement.objects.get(field="birth_date", record__source__code=code) for code in ("film", "survey"))
    shown = client_of(registry_officer).get(page).context
    seen = shown[f"{second}_form"].initial["seen"]
    mine = {"statement": film.pk, "reason": "Passport", "seen": shown["choose_form"].initial["seen"]}
    assert client_of(province_officer).post(f"{page}choose/", mine).status_code == 302
    before = Statement.objects.count(), LeftBoth.objects.count()
    theirs = {"statement": survey.pk, "reason": "Letter", "seen": seen}
    answer = client_of(registry_officer).post(f"{page}{second}/", theirs)
    assert (answer.status_code, (Statement.objects.count(), LeftBoth.objects.count())) == (409, before)
    form = answer.context[f"{second}_form"]
    assert form["reason"].value() == "Letter"
    again = client_of(registry_officer).post(f"{page}{second}/", {**theirs, "seen": form["seen"].value()})
    assert again.status_code == (302 if second == "choose" else 422), "nothing is left that could be left"
