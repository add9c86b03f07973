"""Answers become rows of a list, tidy as those of a file."""

import pytest

from soyol.surveys.models import FormVersion
from soyol.surveys.queries.understanding import in_words, understand
from tests.factories import surveys as make
from tests.factories.country import written

pytestmark = pytest.mark.django_db


def test_names_phones_days_and_places_are_made_tidy(version: FormVersion) -> None:
    told, answers = written(), make.answers()
    (row,) = understand(version.compiled, [answers], consents=[True])
    assert row.problems == []
    assert (row.kind, row.values["birth_date"], row.values["unit"]) == ("person", "1980", answers["district"])
    assert {row.values["surname"], row.values["given_name"]} == {told.surname, told.given}
    assert [phone[-4:] for phone in row.values["phones"]] == ["0007"]
    assert row.values["consent"] is True


def test_what_a_stranger_says_of_consent_is_not_believed(version: FormVersion) -> None:
    (row,) = understand(version.compiled, [make.answers()], consents=[False])
    assert "consent" not in row.values


def test_what_cannot_be_understood_is_a_problem_and_kept_as_it_was(version: FormVersion) -> None:
    (row,) = understand(version.compiled, [make.answers(phone="call me")], consents=[True])
    assert [(code, column, value) for code, column, value, _params in row.problems] == [
        ("intake.phone", "phone", "call me")
    ]
    assert row.raw["phone"] == "call me"


def test_persons_and_bodies_stay_in_their_order(version: FormVersion) -> None:
    told = written()
    sets = [
        make.answers(),
        make.answers(kind="organisation", full_name=told.company_branch),
        make.answers(full_name=told.shown),
    ]
    rows = understand(version.compiled, sets, consents=[True] * 3)
    assert [row.kind for row in rows] == ["person", "organisation", "person"]
    assert rows[1].values["org_name"] == told.company_word


def test_two_people_with_the_same_answers_are_no_problem(version: FormVersion) -> None:
    rows = understand(version.compiled, [make.answers(), make.answers()], consents=[True, True])
    assert [row.problems for row in rows] == [[], []]


def test_answers_in_words_have_labels_and_rounds(version: FormVersion) -> None:
    words = in_words(version.compiled, make.answers())
    assert (words["kind"], words["born"], words["title [2]"]) == ("a person", "1980", "Silver")
