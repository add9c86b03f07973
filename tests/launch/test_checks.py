"""What './soyol test' starts, and what it says is left out."""

from typing import Any

import pytest

from launch import checks, ground, say


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What would have run; nothing is installed and no server is asked."""
    told: dict[str, Any] = {}

    def run(*command: str, check: bool, **extra: str) -> int:
        told.update(command=list(command), extra=extra)
        return 0

    monkeypatch.setattr(ground, "ensure", lambda *_: None)
    monkeypatch.setattr(ground, "run", run)
    monkeypatch.setattr(checks, "postgresql", lambda: None)
    return told


def test_the_usual_suite_leaves_out_what_is_slow_and_says_so(
    started: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.test([]) == 0
    command = started["command"]
    assert command[command.index("-m", 2) + 1] == "not slow"
    told = capsys.readouterr().out
    assert "Left out the slow tests" in told
    assert "Skipped the tests on PostgreSQL" in told


def test_each_level_says_what_it_leaves_out(started: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    checks.test(["--quick"])
    assert started["command"][-2:] == ["-m", "not slow and not long"]
    assert "Left out the long tests" in capsys.readouterr().out


def test_two_levels_at_once_are_refused(started: dict[str, Any]) -> None:
    with pytest.raises(SystemExit):
        checks.test(["--quick", "--all"])
    assert started == {}


def test_marks_and_workers_of_ones_own_are_kept(started: dict[str, Any]) -> None:
    checks.test(["-m", "slow", "-n", "2", "tests/jobs"])
    assert started["command"] == ["-m", "pytest", "-m", "slow", "-n", "2", "tests/jobs"]


def test_the_pack_and_the_database_reach_the_tests(started: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "postgresql", lambda: "postgres://tests@127.0.0.1/postgres")
    checks.test(["--postgresql", "--pack", "ee"])
    extra = started["extra"]
    assert (extra["SOYOL_PACK"], extra["DATABASE_URL"]) == ("ee", "postgres://tests@127.0.0.1/postgres")


def test_postgresql_that_is_not_there_is_refused_with_the_way_out(started: dict[str, Any]) -> None:
    with pytest.raises(say.Stopped, match="no PostgreSQL was found") as refused:
        checks.test(["--postgresql"])
    assert "Set DATABASE_URL" in refused.value.way_out
    assert started == {}


def test_an_address_of_another_engine_is_no_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    assert checks.postgresql() is None
