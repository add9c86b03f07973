"""The settings of this very run, what a browser is told, and the page that documents the variables."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from config import env, gunicorn, passphrase
from config import settings as site

assert gunicorn.bind  # reads variables of its own
ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "settings.md"


def test_every_variable_is_documented_with_its_default_and_no_other() -> None:
    documented = dict(
        re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert passphrase.told() is not None  # read where it is needed, and nowhere kept
    known = {variable.name: f"`{variable.default}`" if variable.default else "" for variable in env.known()}
    assert documented.keys() == known.keys()
    # Defaults in words depend on something else and are not compared.
    fixed = {name: default.strip() for name, default in documented.items() if not default.strip().startswith("*")}
    assert fixed == {name: known[name] for name in fixed}
    assert len(documented) - len(fixed) == 3


def test_languages_are_named_in_themselves() -> None:
    codes = [code for code, _ in settings.LANGUAGES]
    assert codes == ["mn", "en"]
    names = [name for _, name in settings.LANGUAGES]
    assert names[1] == "English"
    assert names[0].isalpha()
    assert not names[0].isascii()


@pytest.mark.django_db
def test_a_page_tells_the_browser_what_it_may_do(client: Client) -> None:
    response = client.get("/accounts/login/")
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert re.fullmatch(r"[0-9a-f]{12}", response["X-Request-ID"])


def test_passwords_are_kept_by_a_hash_that_needs_memory() -> None:
    from config import settings  # Django's own, as the tests have been given them, use a quicker one

    assert settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.ScryptPasswordHasher"


def _run(tmp_path: Path, *arguments: str, **told: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "SOYOL_DATA": str(tmp_path), **told}
    command = [sys.executable, "-m", "config.manage", *arguments]
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)


def test_an_instance_on_the_open_network_passes_the_deployment_check(tmp_path: Path) -> None:
    done = _run(tmp_path, "check", "--deploy", "--fail-level=WARNING", SOYOL_ORIGIN="https://soyol.example")
    assert (done.returncode, done.stderr) == (0, done.stderr), done.stderr
    assert "no issues" in done.stdout


def test_a_bad_variable_stops_the_start_with_its_name(tmp_path: Path) -> None:
    done = _run(tmp_path, "check", SOYOL_PACK="atlantis")
    assert done.returncode == 1
    assert "SOYOL_PACK='atlantis' is not accepted; accepted: ee, mn, neutral" in done.stderr


ENGINE = "from config import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
ON_POSTGRESQL = "postgres://somebody@127.0.0.1/nowhere"


def _limits(tmp_path: Path, code: str = ENGINE, **told: str) -> dict[str, str]:
    """The limits that a connection of a process with these variables would ask PostgreSQL for."""
    environment = {"PYTHONPATH": str(ROOT / "src"), "SOYOL_DATA": str(tmp_path), "DATABASE_URL": ON_POSTGRESQL, **told}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    return dict(part.split("=") for part in done.stdout.split() if part != "-c")


def test_postgresql_ends_statements_waits_for_locks_and_idle_transactions_of_requests(tmp_path: Path) -> None:
    assert _limits(tmp_path) == {
        "statement_timeout": "30s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
    }


def test_each_limit_has_its_variable_and_no_statement_is_idle_time(tmp_path: Path) -> None:
    told = {"SOYOL_STATEMENT_SECONDS": "120", "SOYOL_LOCK_SECONDS": "3", "SOYOL_IDLE_SECONDS": "5"}
    assert list(_limits(tmp_path, **told).values()) == ["120s", "3s", "120s"]


def test_commands_and_the_worker_may_run_long_statements(tmp_path: Path) -> None:
    code = f"from config import manage; manage.main(['shell', '--no-imports', '-v', '0', '-c', {ENGINE!r}])"
    assert _limits(tmp_path, code)["statement_timeout"] == "3600s"
    assert _limits(tmp_path, code, SOYOL_STATEMENT_SECONDS="7")["statement_timeout"] == "7s"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
def test_the_server_itself_knows_the_limits_of_this_very_run() -> None:
    seconds = {
        "statement_timeout": site.STATEMENT_SECONDS,
        "lock_timeout": site.LOCK_SECONDS,
        "idle_in_transaction_session_timeout": max(site.IDLE_SECONDS, site.STATEMENT_SECONDS),
    }
    with connection.cursor() as cursor:
        for name, wanted in seconds.items():
            cursor.execute("SELECT setting, unit FROM pg_settings WHERE name = %s", [name])
            assert (name, cursor.fetchone()) == (name, (str(wanted * 1000), "ms"))


def test_keys_are_made_once_and_nobody_else_reads_them(tmp_path: Path) -> None:
    _run(tmp_path, "check")
    keys = tmp_path / "keys.json"
    first = keys.read_bytes()
    assert keys.stat().st_mode & 0o077 == 0
    _run(tmp_path, "check")
    assert keys.read_bytes() == first
