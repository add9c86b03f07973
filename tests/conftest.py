"""What all tests share: an environment of their own, no network, and the cast."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_socket import socket_allow_hosts

# Before Django reads its settings: data and keys of the tests are nobody's else, and gone afterwards.
_DATA = Path(tempfile.mkdtemp(prefix="soyol-tests-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["SOYOL_DATA"] = str(_DATA)
os.environ["SOYOL_LOOPBACK"] = "1"
# Certificates are printed without a browser, whatever this machine has; tests of the browser say so.
os.environ["SOYOL_BROWSER"] = "none"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The workers of a run share the cores: threads of each within that only wait for one another over small tables.
os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import django  # noqa: E402

django.setup()

from django.conf import settings as site  # noqa: E402

# Nobody has collected the static files for a test: they keep their plain names.
site.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

# Passwords of tests protect nobody: a hash that is quick instead of one that is meant to be slow.
site.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Property tests: no deadline, for a busy machine is no finding; HYPOTHESIS_PROFILE=thorough asks more.
_any_time = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
examples.register_profile("quick", deadline=None, max_examples=25, suppress_health_check=_any_time)
examples.register_profile("thorough", deadline=None, max_examples=200, suppress_health_check=_any_time)
examples.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

from django.db.backends.base.operations import BaseDatabaseOperations  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402
from django.utils.translation.reloader import translation_file_changed  # noqa: E402

from soyol.accounts.choices import Role  # noqa: E402
from soyol.accounts.models import User  # noqa: E402
from soyol.audit import By, triggers  # noqa: E402
from soyol.fields import keys  # noqa: E402
from soyol.places.models import Unit  # noqa: E402
from soyol.ui.management.commands.compile_catalogues import catalogues, compile_one  # noqa: E402
from tests import skips  # noqa: E402
from tests.factories import accounts as make_accounts  # noqa: E402
from tests.factories import places as make_places  # noqa: E402
from tests.factories import reading  # noqa: E402


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What skips fails in CI."""
    report = yield
    skips.refuse_in_ci(report, (mark.kwargs["reason"] for mark in item.iter_markers("skipif")))
    return report


def pytest_configure(config: pytest.Config) -> None:
    """A fresh checkout has word lists, but not yet the form in which Django reads them."""
    if not hasattr(config, "workerinput"):  # once, before the workers of a run start
        fresh = [words for words in catalogues() if compile_one(words)]
        for words in fresh:  # Django may have read what was there before
            translation_file_changed(None, words.with_suffix(".mo"))


#: Minutes long each: begun first, so that no worker of a run does one alone at the end.
LONGEST = (
    "test_kill_and_resume",
    "test_every_page_stands_up_to_axe",
    "test_nothing_that_those_who_see_most_can_ask",
    "test_memory_does_not_grow_with_the_rows",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """A test that touches the database says so by itself, in this process or in those of an instance of its own."""
    for item in items:
        if _touches_the_database(item):
            item.add_marker("database")
    yield
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONGEST))  # after the others were shuffled


def _touches_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & {"db", "transactional_db", "make_instance"}) or bool(item.get_closest_marker("django_db"))


def pytest_runtest_setup() -> None:
    """Nothing but this machine can be reached."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _audit_lets_a_test_database_be_emptied() -> Iterator[None]:
    """Tests with transactions of their own empty all tables afterwards, which the audit's triggers rightly refuse."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def empty_with_audit(self: BaseDatabaseOperations, sql_list: Any) -> None:
        triggers.remove(self.connection)
        try:
            empty(self, sql_list)
        finally:
            triggers.install(self.connection)

    BaseDatabaseOperations.execute_sql_flush = empty_with_audit  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = empty  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _in_the_sites_first_language() -> None:
    """A page that was asked for leaves its language in the thread until the next one; no test inherits it."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _data_folder_of_its_own(request: pytest.FixtureRequest) -> None:
    """Each test that touches the database keeps its files in a folder of its own."""
    if request.node.get_closest_marker("database"):
        folder = request.getfixturevalue("tmp_path") / "data"
        folder.mkdir()
        request.getfixturevalue("settings").SOYOL_DATA = folder


@pytest.fixture
def own_keys(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a ring that only this test adds keys to; every question looks at it."""
    path = tmp_path / "keys.json"
    settings.SOYOL_KEY_RING.save(path)
    settings.SOYOL_KEYS = path
    monkeypatch.setattr(keys, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(keys, "_known", None)
    return path


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process instead of a caged one."""
    monkeypatch.setattr("soyol.intake.door._run", reading.read_here)


@pytest.fixture
def by() -> By:
    """Somebody who acts, where it does not matter who."""
    return By.system("tests")


# -- Places: a few units of the pack that the tests run with ----------------------------------------------------------


@pytest.fixture
def country(db: None) -> Unit:
    """The country with its first two provinces, two districts in each."""
    return make_places.small_country()


@pytest.fixture
def here(country: Unit) -> Unit:
    """The province of the province officer."""
    return make_places.provinces()[0]


@pytest.fixture
def elsewhere(country: Unit) -> Unit:
    """Another province."""
    return make_places.provinces()[1]


# -- The cast -------------------------------------------------------------------------------------------------------


@pytest.fixture
def artist(country: Unit) -> User:
    """Has an account, and no right at the desk."""
    return make_accounts.user(Role.ARTIST)


@pytest.fixture
def curator(country: Unit) -> User:
    """Sees what is public about organisations at the desk."""
    return make_accounts.user(Role.CURATOR)


@pytest.fixture
def registry_officer(country: Unit) -> User:
    """Runs the registry of the whole country."""
    return make_accounts.user(Role.REGISTRY_OFFICER)


@pytest.fixture
def province_officer(here: Unit) -> User:
    """Sees and edits what is in one province."""
    return make_accounts.user(Role.PROVINCE_OFFICER, unit=here)


@pytest.fixture
def officer_elsewhere(elsewhere: Unit) -> User:
    """Sees and edits what is in another province."""
    return make_accounts.user(Role.PROVINCE_OFFICER, unit=elsewhere)


@pytest.fixture
def coordinator(country: Unit) -> User:
    """Sees how things stand everywhere, but no data of persons."""
    return make_accounts.user(Role.COORDINATOR)


@pytest.fixture
def administrator(country: Unit) -> User:
    """Gives and ends roles, reads the audit."""
    return make_accounts.user(Role.ADMINISTRATOR)


@pytest.fixture
def cast(  # noqa: PLR0917 - one parameter for each of the cast
    artist: User,
    curator: User,
    registry_officer: User,
    province_officer: User,
    officer_elsewhere: User,
    coordinator: User,
    administrator: User,
) -> dict[str, User | None]:
    """Everybody by name; the visitor is None."""
    return {
        "visitor": None,
        "artist": artist,
        "curator": curator,
        "registry_officer": registry_officer,
        "province_officer": province_officer,
        "officer_elsewhere": officer_elsewhere,
        "coordinator": coordinator,
        "administrator": administrator,
    }


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A browser in which somebody is signed in (None: a visitor)."""

    def signed_in(user: User | None) -> Client:
        client = Client(REMOTE_ADDR="127.0.0.1")
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
