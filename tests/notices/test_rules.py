"""Addresses, lengths of text messages, and how long a message waits."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from soyol.notices import rules
from soyol.notices.choices import Channel, MessageState
from soyol.notices.rules import Refused

# Worked examples: one letter more than fits makes one part more, and a letter of two units is never cut in two.
LATIN, CYRILLIC = "a", "ө"
PARTS = [
    ("", 0),
    (LATIN * 160, 1),
    (LATIN * 161, 2),
    (LATIN * 306, 2),
    (LATIN * 307, 3),
    (CYRILLIC * 70, 1),
    (CYRILLIC * 71, 2),
    (CYRILLIC * 134, 2),
    (CYRILLIC * 135, 3),
    (LATIN * 70 + CYRILLIC, 2),
    ("€" * 80, 1),
    ("€" * 81, 2),
    (LATIN * 152 + "€" + LATIN * 152, 3),
    ("𐍈" * 35, 1),
    ("𐍈" * 36, 2),
    (CYRILLIC * 66 + "𐍈" + CYRILLIC * 66, 3),
]


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_a_text_makes_so_many_text_messages(text: str, parts: int) -> None:
    assert rules.parts_of(text) == parts


@pytest.mark.parametrize(("text", "short"), [("Kod: 12 [a]", True), ("Код", False), ("ü€@", True), ("“x”", False)])
def test_one_letter_outside_makes_the_whole_text_long(text: str, short: bool) -> None:
    assert rules.is_seven_bit(text) is short


def test_the_short_alphabet_has_its_128_places() -> None:
    assert len(rules._SEVEN_BITS) == 127  # and the sign that leads to the others
    assert len(rules._TWICE) == 10


@pytest.mark.parametrize(
    ("channel", "address", "kept", "shown"),
    [
        (Channel.MAIL, " Bat@Example.ORG ", "Bat@example.org", "B…@example.org"),
        (Channel.MAIL, "дорж@жишээ.мон", "дорж@жишээ.мон", "д…@жишээ.мон"),
        (Channel.SMS, "+976 9911-2233", "+97699112233", "…33"),
        (Channel.SMS, "(976) 99112233", "97699112233", "…33"),
    ],
)
def test_an_address_is_kept_tidy_and_shown_masked(channel: Channel, address: str, kept: str, shown: str) -> None:
    tidy = rules.tidy_address(channel, address)
    assert (tidy, rules.masked(channel, tidy)) == (kept, shown)


@pytest.mark.parametrize(
    "address", ["", "@", "a@", "@b", "a b@c", "a@b@c", "a@b\n", "a@b\nc", "<a@b>", "a,b@c", "a;b@c"]
)
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    if address == "a@b\n":  # a line end at the end is no part of it
        assert rules.tidy_address(Channel.MAIL, address) == "a@b"
        return
    with pytest.raises(Refused) as refused:
        rules.tidy_address(Channel.MAIL, address)
    assert refused.value.code == "mail_address"


def test_a_refusal_names_the_value_and_the_way_out() -> None:
    with override("en"):
        assert str(Refused("number", address="call me")) == (
            "“call me” is no telephone number. Write it with its digits, such as +976 9911 2233."
        )


def test_a_message_is_tried_eight_times_within_two_days() -> None:
    pauses = [pause for tries in range(1, 9) if (pause := rules.pause_after(tries)) is not None]
    assert pauses == sorted(pauses)
    assert (len(pauses), rules.pause_after(8), pauses[0]) == (7, None, timedelta(minutes=1))
    assert sum(pauses, timedelta()) == timedelta(hours=41, minutes=21)


def test_what_may_follow_a_state_is_written_for_every_state() -> None:
    assert set(rules.TRANSITIONS) == set(MessageState)
    assert rules.TRANSITIONS[MessageState.SENT] == frozenset()
    assert MessageState.SENDING not in rules.AGAIN | rules.DROPPABLE
