"""Numbers and secrets survive being read aloud, copied and typed, and nothing else passes for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.certificates.rules.numbers import (
    CODE_SIGNS,
    SIGNS,
    TOKEN_SIGNS,
    clear_serial,
    in_signs,
    make_number,
    tidy_code,
    tidy_number,
    tidy_token,
)

#: Serials that are given.
SERIALS = st.integers(1, 9_999_990).map(clear_serial)


def test_a_number_is_a_letter_seven_digits_and_a_check_sign() -> None:
    assert [make_number(1), make_number(16)] == ["C-0000001-Y", "C-0000016-K"]


@pytest.mark.parametrize("serial", [0, -1, 10_000_000])
def test_a_serial_beyond_the_digits_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match=str(serial)):
        make_number(serial)


def test_no_number_that_is_given_ends_in_a_letter_that_is_taken_for_a_digit() -> None:
    assert [clear_serial(serial) for serial in (16, 17, 18)] == [16, 18, 18]
    assert {make_number(clear_serial(serial))[-1] for serial in range(1, 500)} & set("OIL") == set()


@given(SERIALS)
def test_a_number_is_known_however_it_is_typed(serial: int) -> None:
    number = make_number(serial)
    ways = {number.lower(), number.replace("-", ""), f" {number[:5]} {number[5:]} ", number.replace("0", "o")}
    assert {tidy_number(way) for way in ways} == {number}


def test_letters_of_a_cyrillic_keyboard_are_those_that_they_look_like() -> None:
    assert tidy_number("\N{CYRILLIC CAPITAL LETTER ES}-0000016-\N{CYRILLIC CAPITAL LETTER KA}") == "C-0000016-K"
    assert tidy_code("\N{CYRILLIC CAPITAL LETTER A}\N{CYRILLIC SMALL LETTER VE}CD EFGH") == "ABCDEFGH"


@given(SERIALS, st.integers(1, 7), st.integers(1, 9))
def test_a_wrong_digit_is_found(serial: int, place: int, step: int) -> None:
    number = make_number(serial).replace("-", "")
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert tidy_number(wrong) == ""


@pytest.mark.parametrize("text", ["", "C", "00000001Y", "C-0000001", "X-0000001-Y", "C-٠٠٠٠٠٠١-Y", "C" * 1000])
def test_what_is_no_number_is_none(text: str) -> None:
    assert tidy_number(text) == ""


@given(st.integers(0, 2**130 - 1))
def test_a_secret_is_written_without_look_alikes_and_known_again(bits: int) -> None:
    token = in_signs(bits, TOKEN_SIGNS)
    assert (len(token), set(token) & set("ILOU")) == (26, set())
    assert tidy_token(token.lower()) == token
    assert sum(SIGNS.index(sign) << 5 * place for place, sign in enumerate(reversed(token))) == bits


@given(st.text(max_size=40))
def test_junk_is_no_secret(text: str) -> None:
    for tidy, length in ((tidy_token(text), TOKEN_SIGNS), (tidy_code(text), CODE_SIGNS)):
        assert tidy == "" or (len(tidy) == length and set(tidy) <= set(SIGNS))
