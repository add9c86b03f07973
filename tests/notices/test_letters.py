"""Letters leave through a mail server, and each of its answers means what it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings

from soyol.notices import letters
from soyol.notices.gateways import NotSent, Unclear
from tests.factories.mail_servers import MailServer, mail_server


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server on this machine, to which letters go."""
    with mail_server() as listening:
        settings.SOYOL_MAIL = "smtp"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listening.port
        yield listening


def _letter(key: str = "k1") -> EmailMessage:
    return letters.letter(
        address="sarnai@example.org", subject="Сайн байна уу", body="Эрхэм Сарнай,\n\n.\nтөгсөв", language="mn", key=key
    )


def test_a_letter_arrives_as_it_was_written(server: MailServer, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Соёл <soyol@soyol.example>"
    with letters.opened() as hand:
        hand(_letter())
    (arrived,) = server.letters
    assert (arrived["Subject"], arrived["To"], server.to) == (
        "Сайн байна уу",
        "sarnai@example.org",
        ["sarnai@example.org"],
    )
    assert arrived.get_content().replace("\r\n", "\n").strip() == "Эрхэм Сарнай,\n\n.\nтөгсөв"
    assert arrived["Message-ID"] == "<k1@soyol.example>"
    assert (arrived["Auto-Submitted"], arrived["Content-Language"]) == ("auto-generated", "mn")


def test_a_letter_says_where_answers_go_and_how_to_end_such_letters(server: MailServer) -> None:
    told = {"subject": "News", "body": "News", "language": "mn", "key": "k2", "address": "sarnai@example.org"}
    with letters.opened() as hand:
        hand(letters.letter(**told, reply_to="office@example.org", way_out="https://soyol.example/letters/end/x/"))
    (arrived,) = server.letters
    assert (arrived["Reply-To"], arrived["List-Unsubscribe"], arrived["List-Unsubscribe-Post"]) == (
        "office@example.org",
        "<https://soyol.example/letters/end/x/>",
        "List-Unsubscribe=One-Click",
    )


def test_several_letters_go_through_one_connection(server: MailServer) -> None:
    with letters.opened() as hand:
        for key in "abc":
            hand(_letter(key))
    assert (len(server.letters), server.connections) == (3, 1)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(("answer", "again"), [("450 later", True), ("550 never", False)])
def test_a_refusal_says_whether_another_try_may_do_better(
    server: MailServer, verb: str, answer: str, again: bool
) -> None:
    server.answers[verb] = answer
    with letters.opened() as hand:
        with pytest.raises(NotSent) as refused:
            hand(_letter())
        server.answers.clear()
        hand(_letter())  # the connection takes the next one
    assert refused.value.again is again
    assert refused.value.code == ("notices.address_refused" if verb == "RCPT" else "notices.refused")
    assert len(server.letters) == 1


def test_who_hangs_up_before_the_text_has_nothing(server: MailServer) -> None:
    server.answers["RCPT"] = ""
    with letters.opened() as hand, pytest.raises(NotSent) as refused:
        hand(_letter())
    assert (refused.value.code, refused.value.again) == ("notices.unreachable", True)


def test_who_hangs_up_after_the_text_may_have_it(server: MailServer) -> None:
    server.hang_up_after_text = True
    with letters.opened() as hand, pytest.raises(Unclear) as unclear:
        hand(_letter())
    assert unclear.value.code == "notices.silent"


def test_without_a_server_nothing_was_handed_over(server: MailServer, settings: Settings) -> None:
    with mail_server() as gone:
        settings.EMAIL_PORT = gone.port
    with pytest.raises(NotSent) as refused, letters.opened():
        pass
    assert (refused.value.code, refused.value.again) == ("notices.unreachable", True)


def test_a_server_that_refuses_the_password_is_one_without_connection(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "soyol", "x"  # pragma: allowlist secret
    with pytest.raises(NotSent) as refused, letters.opened():
        pass
    assert refused.value.again is True


def test_letters_may_be_files(settings: Settings, tmp_path: Path) -> None:
    settings.SOYOL_MAIL, settings.EMAIL_FILE_PATH = "file", tmp_path
    with letters.opened() as hand:
        hand(_letter())
    (file,) = tmp_path.iterdir()
    assert "To: sarnai@example.org" in file.read_text(encoding="utf-8")
