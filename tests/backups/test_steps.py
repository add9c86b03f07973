"""A restored site before it serves: everybody signed out, the restore written down, the audit sealed; once."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django.fixtures import Settings

from soyol.audit import By
from soyol.audit.models import Entry
from soyol.backups import note, steps
from soyol.notices import actions as notices
from soyol.notices.choices import Channel, MessageState

pytestmark = pytest.mark.django_db
BY = By.system("tests")


@pytest.fixture
def restored(settings: Settings) -> Path:
    """The data folder of a site that was just restored."""
    note.leave(settings.SOYOL_DATA, note.Note("abcdef0123456789" * 4, "2026-11-27T09:00:00+00:00"))
    return Path(settings.SOYOL_DATA)


def test_sessions_end_and_the_restore_is_written_down_and_sealed(restored: Path) -> None:
    Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
    assert steps.finish(by=BY)
    assert not Session.objects.exists()
    told = Entry.objects.order_by("id").values_list("action", "target", "position")
    assert list(told) == [
        ("accounts.session.end_all", "sessions.Session", 1),
        ("backups.backup.restore", "backups.Backup:abcdef0123456789", 2),
    ]
    assert note.read(restored) is None


def test_messages_that_waited_then_are_left_to_a_person(restored: Path, settings: Settings) -> None:
    settings.SOYOL_MAIL = "smtp"
    told = {"address": "a@example.org", "subject": "Hello", "body": "Text", "purpose": "tests.letter"}
    message = notices.send(by=BY, channel=Channel.MAIL, **told)
    assert steps.finish(by=BY)
    message.refresh_from_db()
    assert message.state == MessageState.UNKNOWN


def test_a_site_that_was_not_restored_has_nothing_to_do(settings: Settings) -> None:
    assert not steps.finish(by=BY)
    assert not Entry.objects.exists()


def test_steps_are_done_in_their_order_and_again_after_a_kill(restored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def first(*, by: By) -> None:
        done.append("first")

    def killed(*, by: By) -> None:
        done.append("second")
        if len(done) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(steps, "STEPS", (steps.Step("first", first), steps.Step("second", killed)))
    with pytest.raises(KeyboardInterrupt):
        steps.finish(by=BY)
    assert note.read(restored) is not None
    assert steps.finish(by=BY)
    assert done == ["first", "second"] * 2
