"""An engine that could lose or corrupt what it confirmed does not start."""

from collections.abc import Callable

import pytest
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import connection

from config import checks, sqlite

GOOD = {
    "SELECT sqlite_version()": "3.53.4",
    "PRAGMA journal_mode": "wal",
    "PRAGMA mmap_size": "0",
    "PRAGMA synchronous": "2",
    "SHOW fsync": "on",
    "SHOW full_page_writes": "on",
    "SHOW synchronous_commit": "on",
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the database answers; change it to make it unsafe."""
    told = dict(GOOD)
    monkeypatch.setattr(checks, "_ask", lambda _, question: told[question])
    return told


def _told(look: Callable[..., list[CheckMessage]]) -> list[tuple[type[CheckMessage], str]]:
    return [(type(message), str(message.id)) for message in look(connection)]


def test_a_safe_engine_is_content(answers: dict[str, str]) -> None:
    assert _told(checks.sqlite_faults) == []
    assert _told(checks.postgresql_faults) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"SELECT sqlite_version()": "3.51.2"}, (Error, "engine.E001")),
        ({"SELECT sqlite_version()": "3.40.1"}, (Error, "engine.E001")),
        ({"SELECT sqlite_version()": "3.40.1", "PRAGMA journal_mode": "delete"}, (Caution, "engine.W001")),
        ({"PRAGMA mmap_size": "134217728"}, (Error, "engine.E002")),
        ({"PRAGMA synchronous": "1"}, (Error, "engine.E003")),
        ({"PRAGMA synchronous": "0"}, (Error, "engine.E003")),
    ],
)
def test_an_unsafe_sqlite_is_refused(
    answers: dict[str, str], change: dict[str, str], found: tuple[type[CheckMessage], str]
) -> None:
    answers |= change
    assert _told(checks.sqlite_faults) == [found]


@pytest.mark.parametrize("version", ["3.51.3", "3.53.0", "4.0.0"])
def test_a_current_sqlite_may_use_wal(answers: dict[str, str], version: str) -> None:
    answers["SELECT sqlite_version()"] = version
    assert _told(checks.sqlite_faults) == []


@pytest.mark.parametrize(
    ("name", "number"), [("fsync", "W002"), ("full_page_writes", "W003"), ("synchronous_commit", "W004")]
)
def test_a_careless_postgresql_is_warned_of(answers: dict[str, str], name: str, number: str) -> None:
    answers[f"SHOW {name}"] = "off"
    assert _told(checks.postgresql_faults) == [(Caution, f"engine.{number}")]


def test_starting_on_an_unsafe_engine_ends_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = Error("SQLite maps its file into memory.", hint="Set PRAGMA mmap_size=0.", id="engine.E002")
    monkeypatch.setattr(checks, "run_checks", lambda **_: [fault])
    with pytest.raises(SystemExit, match="does not start"):
        checks.refuse_unsafe_engine()
    assert "Set PRAGMA mmap_size=0." in capsys.readouterr().err


@pytest.mark.django_db
def test_the_engine_of_this_very_run_is_safe() -> None:
    look = {"sqlite": checks.sqlite_faults, "postgresql": checks.postgresql_faults}[connection.vendor]
    assert look(connection) == []


def test_an_old_library_gets_the_rollback_journal() -> None:
    assert "journal_mode=DELETE" in sqlite.options((3, 40, 1))["init_command"]
    assert "journal_mode=WAL" in sqlite.options((3, 51, 3))["init_command"]


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 53, 4)])
def test_saves_are_synced_and_writers_wait_for_each_other(version: tuple[int, ...]) -> None:
    told = sqlite.options(version)
    assert "synchronous=FULL" in told["init_command"]
    assert told["transaction_mode"] == "IMMEDIATE"
    assert told["timeout"] == sqlite.BUSY_SECONDS
