"""Letters are written, changed while nobody has them, and counted."""

import pytest
from django.db import connection

from soyol.accounts.models import User
from soyol.audit import queries as audit
from soyol.fields.versions import Stale
from soyol.letters import actions
from soyol.letters.choices import LetterState
from soyol.letters.models import Letter
from soyol.letters.rules import Refused
from tests.factories.letters import LANGUAGES, a_letter, a_reader, released, written

pytestmark = pytest.mark.django_db


def test_a_letter_is_kept_sealed_with_who_wrote_it(registry_officer: User) -> None:
    letter = Letter.rows().get(pk=a_letter(registry_officer, text="Dorj").pk)
    assert (letter.state, letter.writer_id, letter.subjects["mn"]) == (
        LetterState.DRAFT,
        registry_officer.pk,
        "Open call (mn)",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT subjects, texts, asked, reply_to FROM letters_letter")
        told = b"".join(bytes(value) for value in cursor.fetchone())
    assert [word for word in (b"Open call", b"sing", b"Dorj", b"office") if word in told] == []
    assert [entry.action for entry in audit.about(f"letters.Letter:{letter.pk}")] == ["letters.letter.write"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"texts": {"mn": "Текст", "en": "  "}}, "words_missing"),
        ({"subjects": {}}, "words_missing"),
        ({"shorts": {"mn": "Богино"}}, "words_missing"),
        ({"shorts": dict.fromkeys(LANGUAGES, "Урт" * 200)}, "short_too_long"),
        ({"reply_to": "nobody"}, "reply_to_wrong"),
    ],
)
def test_what_is_not_whole_is_refused(values: dict[str, object], code: str, registry_officer: User) -> None:
    with pytest.raises(Refused) as refused:
        a_letter(registry_officer, **values)
    assert (refused.value.code, Letter.rows().count()) == (code, 0)


def test_a_change_undoes_the_count_and_names_its_writer(registry_officer: User, province_officer: User) -> None:
    a_reader("Dorj Bat")
    letter = a_letter(registry_officer)
    actions.count(by=registry_officer.by, letter=letter)
    assert (letter.state, letter.counts["mail"]) == (LetterState.COUNTED, 1)
    other = province_officer
    actions.change(by=other.by, user=other, letter=letter, version=letter.version, written=written(text="Dorj"))
    letter.refresh_from_db()
    assert (letter.state, letter.counts, letter.writer_id, letter.asked["text"]) == (
        LetterState.DRAFT,
        {},
        other.pk,
        "Dorj",
    )


def test_of_two_who_change_one_letter_the_second_is_told(registry_officer: User) -> None:
    letter, seen = a_letter(registry_officer), 1
    actions.change(by=registry_officer.by, user=registry_officer, letter=letter, version=seen, written=written())
    late = Letter.rows().get(pk=letter.pk)
    with pytest.raises(Stale):
        actions.change(by=registry_officer.by, user=registry_officer, letter=late, version=seen, written=written())


def test_what_goes_out_is_not_changed_any_more(registry_officer: User) -> None:
    a_reader("Dorj Bat")
    letter = released(registry_officer)
    with pytest.raises(Stale):
        actions.change(
            by=registry_officer.by, user=registry_officer, letter=letter, version=letter.version, written=written()
        )
    with pytest.raises(Stale):
        actions.count(by=registry_officer.by, letter=letter)
