"""A letter says in its reader's language why they get it, from whom, and how to end such letters."""

import pytest

from soyol.accounts.models import User
from soyol.jobs.worker import Worker
from soyol.letters.actions.wording import words_of
from soyol.letters.models import Delivery
from soyol.letters.queries import way_out
from soyol.notices.choices import Channel
from soyol.notices.rules import MOST_PARTS, parts_of
from tests.factories.country import written as country
from tests.factories.letters import LANGUAGES, a_reader, released

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "why"), [("mn", "Та энэ захидлыг"), ("en", "You get this letter because you agreed")]
)
def test_it_says_why_from_whom_and_the_way_out(registry_officer: User, language: str, why: str) -> None:
    a_reader("Dorj Bat")
    letter = released(registry_officer)
    Worker().run_one()
    delivery = Delivery.objects.get()
    delivery.language = language
    told = words_of(letter, delivery)
    assert told.subject == f"Open call ({language})"
    assert told.body.startswith(f"Dear colleague,\n\ncome and sing ({language}).")
    assert [
        piece for piece in (why, letter.writer_name, letter.reply_to, way_out(delivery)) if piece not in told.body
    ] == []
    assert told.way_out == way_out(delivery)


def test_a_text_message_is_short_and_carries_the_way_out(registry_officer: User) -> None:
    a_reader("Dorj Bat", emails=[], phones=[country().phone(7)])
    letter = released(registry_officer, shorts=dict.fromkeys(LANGUAGES, "Сонгон шалгаруулалт"))
    Worker().run_one()
    delivery = Delivery.objects.get()
    assert delivery.channel == Channel.SMS
    told = words_of(letter, delivery)
    assert (told.subject, told.body) == ("", f"Сонгон шалгаруулалт {way_out(delivery)}")
    assert parts_of(told.body) <= MOST_PARTS
