"""Telephone numbers as cells have them."""

import pytest


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("99112233", ["+97699112233"]),
        ("99112233.0", ["+97699112233"]),
        ("+976 9911-2233", ["+97699112233"]),
        ("(976) 9911 2233", ["+97699112233"]),
        ("99 11 22 33", ["+97699112233"]),
        ("9911 2233, 88112233", ["+97699112233", "+97688112233"]),
        ("99112233 88112233", ["+97699112233", "+97688112233"]),
        ("утас: 99112233/95112233", ["+97699112233", "+97695112233"]),
        ("99112233; 99112233", ["+97699112233"]),
        ("011-312345", ["+97611312345"]),
        ("70112233 (дотуур 12)", ["+97670112233"]),
        ("+7 495 123-45-67", ["+74951234567"]),
        ("9911223", None),
        ("9911 2233 8811 2233", ["+97699112233", "+97688112233"]),
        ("утас 12 99112233", ["+97699112233"]),
        ("97699112233 88112233", ["+97699112233", "+97688112233"]),
        ("ЪЬ58070451", None),
        ("ЪЬ58070451, 99112233", ["+97699112233"]),
        ("9" * 60, None),
        ("1234567899112255", None),
        ("данс 5001234567 утас 99112266", ["+97699112266"]),
        ("2024.11.26 99112277", ["+97699112277"]),
        ("2024.11.26", None),
        ("26/11/2024; 99112277", ["+97699112277"]),
        ("хаяггүй", None),
        (None, None),
    ],
)
def test_mongolian_cells(mn, texts, cell, numbers):
    found = mn.phones.find_all(texts(cell))[0]
    assert (None if found is None else found.to_list()) == numbers
    assert mn.phones.normalise(texts(cell))[0] == (numbers[0] if numbers else None)


def test_estonian_and_foreign_numbers(ee, texts):
    assert ee.phones.normalise(texts("5551234", "+372 555 1234", "+97699112233", "12")).to_list() == [
        "+3725551234", "+3725551234", "+97699112233", None,
    ]  # fmt: skip


def test_no_country_takes_any_number_of_a_fit_length(neutral, texts):
    assert neutral.phones.normalise(texts("+44 20 7946 0958", "020 7946 0958", "12345")).to_list() == [
        "442079460958", "02079460958", None,
    ]  # fmt: skip


def test_numbers_are_shown_in_groups(mn):
    assert mn.phones.show_one("+97699112233") == "+976\u00a09911\u00a02233"
