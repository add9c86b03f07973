"""Letters at the desk: from the list of people to a letter that was counted, released and stopped."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.jobs.worker import Worker
from soyol.letters import rules
from soyol.letters.choices import LetterState
from soyol.letters.models import Delivery, Letter
from soyol.places.models import Unit
from tests.factories import accounts as make_accounts
from tests.factories.letters import LANGUAGES, a_letter, a_reader

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
WORDS = {
    **{f"{name}_{code}": f"Words {code}" for name in ("subject", "text") for code in LANGUAGES},
    "reply_to": "office@example.org",
}


def test_a_letter_is_written_counted_sent_and_read_about(registry_officer: User, client_of: Signed, here: Unit) -> None:
    a_reader("Dorj Bat", unit=here.code)
    a_reader("Silent One", unit=here.code, agreed=False)
    desk = client_of(registry_officer)
    desk.post("/desk/letters/new/", {**WORDS, "unit": here.code})
    letter = Letter.rows().get()
    place = f"/desk/letters/{letter.pk}/"
    assert (letter.unit, letter.writer_name) == (here, registry_officer.name)
    desk.post(f"{place}count/")
    letter.refresh_from_db()
    assert (letter.counts["mail"], letter.counts["left_out"]) == (1, {"not_agreed": 1})
    desk.post(f"{place}release/", {"version": letter.version})
    Worker().run_one()
    letter.refresh_from_db()
    assert (letter.state, Delivery.objects.count()) == (LetterState.SENT, 1)
    page = desk.get(place).content.decode()
    assert ("Dorj" in page, "Words mn" in page) == (False, True)


def test_the_list_of_people_begins_the_filter(registry_officer: User, client_of: Signed, here: Unit) -> None:
    page = client_of(registry_officer).get("/desk/letters/new/", {"region": here.code, "kind": "group", "q": "Dorj"})
    form = page.context["form"]
    assert [form[name].value() for name in ("unit", "kind", "text")] == [here.code, "group", "Dorj"]


def test_an_officer_of_a_province_writes_to_its_people_only(
    province_officer: User, client_of: Signed, here: Unit, elsewhere: Unit
) -> None:
    desk = client_of(province_officer)
    answers = [desk.post("/desk/letters/new/", {**WORDS, "unit": unit}) for unit in ("", elsewhere.code, here.code)]
    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert [letter.unit for letter in Letter.rows()] == [here]


def test_letters_of_others_are_not_there(officer_elsewhere: User, registry_officer: User, client_of: Signed) -> None:
    whole = a_letter(registry_officer)
    desk = client_of(officer_elsewhere)
    assert "Open call" not in desk.get("/desk/letters/").content.decode()
    missing = desk.get("/desk/letters/999999/")
    found = desk.get(f"/desk/letters/{whole.pk}/")
    told = [re.sub(r"letters(/|%2F)\d+", "letters/…", answer.content.decode()) for answer in (found, missing)]
    assert (found.status_code, told[0]) == (404, told[1])


def test_a_second_save_shows_what_the_first_wrote(registry_officer: User, client_of: Signed) -> None:
    letter, desk = a_letter(registry_officer), client_of(registry_officer)
    place = f"/desk/letters/{letter.pk}/change/"
    first, second = ({**WORDS, "version": letter.version, "subject_mn": subject} for subject in ("One", "Two"))
    answers = [desk.post(place, told) for told in (first, second)]
    assert [answer.status_code for answer in answers] == [302, 409]
    letter.refresh_from_db()
    assert letter.subjects["mn"] == "One"
    assert "One" in answers[1].content.decode()


def test_who_wrote_a_letter_to_many_is_offered_no_release_and_a_colleague_is(
    registry_officer: User, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ALONE", 0)
    a_reader("Dorj Bat")
    letter = a_letter(registry_officer)
    place = f"/desk/letters/{letter.pk}/"
    writer, colleague = client_of(registry_officer), client_of(make_accounts.user(Role.REGISTRY_OFFICER))
    writer.post(f"{place}count/")
    assert [f"{place}release/" in each.get(place).content.decode() for each in (writer, colleague)] == [False, True]
    letter.refresh_from_db()
    writer.post(f"{place}release/", {"version": letter.version})
    letter.refresh_from_db()
    assert letter.state == LetterState.COUNTED


def test_a_letter_that_was_changed_since_it_was_seen_is_not_released(registry_officer: User, client_of: Signed) -> None:
    a_reader("Dorj Bat")
    letter, desk = a_letter(registry_officer), client_of(registry_officer)
    place, seen = f"/desk/letters/{letter.pk}/", letter.version
    desk.post(f"{place}change/", {**WORDS, "version": seen})
    desk.post(f"{place}release/", {"version": seen})
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


def test_a_letter_is_stopped_and_stays_stopped(registry_officer: User, client_of: Signed) -> None:
    letter, desk = a_letter(registry_officer), client_of(registry_officer)
    for _time in range(2):
        desk.post(f"/desk/letters/{letter.pk}/stop/")
    letter.refresh_from_db()
    assert (letter.state, letter.ended_by) == (LetterState.STOPPED, registry_officer.name)
    assert timezone.now() - letter.ended_at < timedelta(minutes=5)
    assert desk.get(f"/desk/letters/{letter.pk}/change/").status_code == 302
