"""Reading variables: what is refused says which variable, which value and what would be accepted."""

from pathlib import Path

import pytest

from config import env
from soyol.lib.periods import Period


@pytest.fixture(autouse=True)
def _known_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "_known", dict(env._known))


@pytest.mark.parametrize(("value", "told"), [("1", True), ("YES", True), ("on", True), ("0", False), ("False", False)])
def test_yes_and_no_in_many_words(monkeypatch: pytest.MonkeyPatch, value: str, told: bool) -> None:
    monkeypatch.setenv("X_FLAG", value)
    assert env.boolean("X_FLAG", default=not told) is told


@pytest.mark.parametrize("value", ["", "  "])
def test_empty_counts_as_absent(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    assert env.boolean("X", default=True) is True
    assert env.integer("X", 7, least=1, most=9) == 7
    assert env.text("X", "default") == "default"
    assert env.choice("X", "a", ("a", "b")) == "a"
    assert env.words("X", ("a",)) == ["a"]
    assert env.origin("X", "https://a.example") == "https://a.example"
    assert env.mail_address("X") == ""


@pytest.mark.parametrize(
    ("read", "value", "message"),
    [
        (lambda: env.boolean("X", default=True), "maybe", "X='maybe' is not accepted; accepted: 1, true, yes, on"),
        (lambda: env.integer("X", 1, least=1, most=9), "10", "X='10' is not accepted; accepted: a whole number from 1"),
        (lambda: env.integer("X", 1, least=1, most=9), "-1", "X='-1'"),
        (lambda: env.integer("X", 1, least=1, most=9), "٣", "X='٣'"),
        (lambda: env.choice("X", "a", ("a", "b")), "c", "X='c' is not accepted; accepted: a, b"),
        (lambda: env.mail_address("X"), "write to us", "X='write to us' is not accepted; accepted: an e-mail address"),
        (lambda: env.mail_address("X"), '"><b>@example.org', "accepted: an e-mail address"),
        (lambda: env.origin("X", ""), "soyol.example", "accepted: an origin such as https://soyol.example"),
        (lambda: env.origin("X", ""), "https://soyol.example/path", "X='https://soyol.example/path'"),
        (lambda: env.database("X", Path("f")), "mysql://me:secret@h/db", r"X='mysql://…' is not accepted"),
        (lambda: env.database("X", Path("f")), "postgres://h", r"accepted: postgres://user:password@host:port/name"),
    ],
)
def test_a_bad_value_is_named_with_the_accepted_ones(
    monkeypatch: pytest.MonkeyPatch, read: object, value: str, message: str
) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.BadSetting) as refusal:
        read()
    assert message in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_postgresql_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgres://me:p%40ss@db.example:5433/so%20yol?sslmode=require")  # pragma: allowlist secret
    assert env.database("X", Path("f")) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "so yol",
        "USER": "me",
        "PASSWORD": "p@ss",  # pragma: allowlist secret
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_without_an_address_sqlite_is_used() -> None:
    assert env.database("X_ABSENT", Path("f")) == {"ENGINE": "config.backends.sqlite3", "NAME": Path("f")}


def test_sqlite_can_be_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "sqlite:////srv/soyol.sqlite3")
    assert env.database("X", Path("f"))["NAME"] == Path("/srv/soyol.sqlite3")


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "a.example, b.example,,")
    assert env.words("X") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "value", ["https://sso.example", "https://sso.example/", "http://127.0.0.1:81", "http://[::1]"]
)
def test_a_server_that_gets_a_secret_is_called_by_https_or_is_this_machine(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("X", value)
    assert env.secure_origin("X", "https://else.example") == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        "http://sso.example",
        "sso.example",
        "https://sso.example/x",
        "https://me:secret@sso.example",  # pragma: allowlist secret
        "ftp://x",
    ],
)
def test_any_other_server_gets_no_secret(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.BadSetting) as refusal:
        env.secure_origin("X", "https://else.example")
    assert "secret@" not in str(refusal.value)


def test_a_text_that_is_needed_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.needed_text("X_ABSENT", needed=False) == ""
    with pytest.raises(env.BadSetting, match="X_ABSENT"):
        env.needed_text("X_ABSENT", needed=True)


@pytest.mark.parametrize(
    "value", ["https://sms.example/send?a=1", "http://127.0.0.1:9/x", "http://[::1]:9", "http://localhost"]
)
def test_a_gateway_is_called_over_https_or_on_this_machine(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    assert env.gateway("X", needed=True) == value


@pytest.mark.parametrize(
    "value",
    [
        "http://sms.example",
        "https://me:secret@sms.example",  # pragma: allowlist secret
        "ftp://localhost",
        "sms.example",
        "",
    ],
)
def test_any_other_gateway_is_refused_without_telling_its_address(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.BadSetting) as refusal:
        env.gateway("X", needed=True)
    assert "https" in str(refusal.value)
    assert "sms.example/" not in str(refusal.value).partition(";")[0]
    assert "secret" not in str(refusal.value)


def test_no_gateway_is_needed_where_nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    assert env.gateway("X", needed=False) == ""


PERIODS = {"jobs.job": Period(12, "M"), "notices.text": Period(90, "D")}


def test_periods_are_those_of_the_pack_but_for_what_the_site_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    assert env.periods("X", PERIODS) == PERIODS
    monkeypatch.setenv("X", " jobs.job = P6M ,, notices.text=P0D ")
    assert env.periods("X", PERIODS) == {"jobs.job": Period(6, "M"), "notices.text": Period(0, "D")}


@pytest.mark.parametrize("value", ["jobs.job", "jobs.job=6 months", "jobs.job=P6W", "jobs.nothing=P6M", "=P6M", "P6M"])
def test_a_period_that_cannot_be_read_or_of_nothing_we_know_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.BadSetting, match=r"jobs\.job, notices\.text"):
        env.periods("X", PERIODS)
