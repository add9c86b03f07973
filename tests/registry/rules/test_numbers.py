"""Public numbers and their check character."""

import pytest

from soyol.registry.rules import is_number, make_number, tidy_number


def test_numbers_differ_and_are_valid() -> None:
    numbers = [make_number(serial) for serial in range(1, 500)]
    assert len(set(numbers)) == 499
    assert all(is_number(number) for number in numbers)


def test_every_wrong_digit_and_every_swap_is_found() -> None:
    number = make_number(12345678)
    wrong = {number[:at] + digit + number[at + 1 :] for at in range(8) for digit in "0123456789"} - {number}
    swapped = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(7)} - {number}
    assert not any(is_number(each) for each in wrong | swapped)


@pytest.mark.parametrize("typed", ["0000 0001 W", "0000-0001-w", "OOOOOOO1W", "0000000IW"])
def test_what_people_type_for_digits_is_understood(typed: str) -> None:
    assert tidy_number(typed) == make_number(1)


@pytest.mark.parametrize("serial", [0, -1, 10**8])
def test_serial_outside_the_range_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="serial"):
        make_number(serial)
