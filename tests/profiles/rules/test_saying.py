"""What may be said in a profile."""

import pytest

from soyol.profiles.rules import (
    LETTERS,
    Refused,
    is_link,
    paragraphs,
    speaks,
    tidy_alt,
    tidy_contacts,
    tidy_credit,
    tidy_links,
    tidy_words,
)

#: Traditional script with a vowel separator, a variation selector and a narrow space, as keyboards write it.
SCRIPT = "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ\u180e\u180b ᠪᠢᠴᠢᠭ"
LANGUAGES = ["mn", "en", "mn-Mong"]


def _code(call: object, *arguments: object, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments, **more)  # type: ignore[operator]
    assert str(refused.value)
    return refused.value.code


def test_words_are_kept_as_they_were_pasted_and_empty_ones_left_out() -> None:
    told = {"mn": "  Нэг\r\n\r\nхоёр ", "en": " \n ", "mn-Mong": SCRIPT}
    assert tidy_words(told, LANGUAGES) == {"mn": "  Нэг\n\nхоёр ", "mn-Mong": SCRIPT}


def test_signs_that_nobody_types_are_taken_out_of_words() -> None:
    assert tidy_words({"en": "a\x00b\x1b[31m\tc\nd"}, LANGUAGES) == {"en": "ab[31m\tc\nd"}


def test_words_have_an_end_and_a_language_that_is_written_here() -> None:
    assert tidy_words({"mn": "ө" * LETTERS}, LANGUAGES) == {"mn": "ө" * LETTERS}
    assert _code(tidy_words, {"mn": "ө" * (LETTERS + 1)}, LANGUAGES) == "words_long"
    assert _code(tidy_words, {"de": "nein"}, LANGUAGES) == "words_language"


def test_an_empty_line_parts_paragraphs() -> None:
    assert paragraphs("one\nstill one\n\n \n\ntwo\n") == ["one\nstill one", "two"]
    assert paragraphs("") == []


@pytest.mark.parametrize(
    ("address", "well"),
    [
        ("https://example.org", True),
        ("http://example.org/a?b=c#d", True),
        ("https://хөөмий.монгол/дуу", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://example.org", False),
        ("//example.org", False),
        ("example.org", False),
        ("https://me:secret@example.org", False),  # pragma: allowlist secret
        ("https://example.org@evil.example", False),
        ("https://example.org\\@evil.example", False),
        ("https://exa mple.org", False),
        ("https://example.org/\u202egpj.exe", False),
        ("https://", False),
        ("https://[::1", False),
        ("https://example.org/" + "x" * 500, False),
    ],
)
def test_only_pages_without_passwords_are_linked(address: str, well: bool) -> None:
    assert is_link(address) == well


def test_links_have_names_and_an_end() -> None:
    page = "https://example.org"
    assert tidy_links([(" My\n page ", f" {page} "), ("", "")]) == [{"label": "My page", "address": page}]
    assert _code(tidy_links, [("", page)]) == "link_unnamed"
    assert _code(tidy_links, [("Mine", "javascript:alert(1)")]) == "link_wrong"
    assert _code(tidy_links, [("Mine", "")]) == "link_wrong"
    assert _code(tidy_links, [("Mine", page)] * 9) == "links_many"


def test_contacts_carry_whether_they_are_public() -> None:
    told = {"phone": (" 9911 2233 ", True), "mail": ("me@example.org", False), "address": ("", True)}
    assert tidy_contacts(told) == {
        "phone": {"text": "9911 2233", "public": True},
        "mail": {"text": "me@example.org", "public": False},
    }
    assert _code(tidy_contacts, {"phone": ("call me", True)}) == "contact_phone"
    assert _code(tidy_contacts, {"mail": ("me@", True)}) == "contact_mail"
    assert _code(tidy_contacts, {"address": ("x" * 301, True)}) == "contact_long"


def test_a_picture_is_described_in_the_first_language() -> None:
    assert tidy_alt({"mn": " Хүн\nморь ", "en": ""}, first="mn", languages=LANGUAGES) == {"mn": "Хүн морь"}
    assert _code(tidy_alt, {"en": "A man"}, first="mn", languages=LANGUAGES) == "alt_missing"
    assert _code(tidy_alt, {"mn": "Хүн", "de": "Mann"}, first="mn", languages=LANGUAGES) == "words_language"
    assert tidy_credit(" Photo:\u202e Bat \n") == "Photo: Bat"


def test_words_of_a_person_are_of_their_writer_and_those_of_an_organisation_of_whoever_represents_it() -> None:
    cases = [
        ("person", 1, {1}),
        ("person", 1, {2}),
        ("organisation", 1, {2}),
        ("organisation", 1, set()),
        ("group", 1, {2}),
    ]
    assert [speaks(*case) for case in cases] == [True, False, True, False, True]
