"""How many processes and threads serve: few on one file, one where the file must be locked as a whole."""

import importlib
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from config import gunicorn, settings, sqlite

SQLITE, POSTGRESQL = "config.backends.sqlite3", "django.db.backends.postgresql"
OLD, CURRENT = (3, 40, 1), sqlite.SAFE_VERSION


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ModuleType]]:
    """Gunicorn's settings as they would be on an engine, a library, and with variables."""

    def read(engine: str, version: tuple[int, ...], **told: str) -> ModuleType:
        monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
        monkeypatch.setattr(settings, "SQLITE_VERSION", version)
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        return importlib.reload(gunicorn)

    yield read
    monkeypatch.undo()
    importlib.reload(gunicorn)


@pytest.mark.parametrize(
    ("engine", "version", "wanted"),
    [(SQLITE, CURRENT, (1, 8)), (SQLITE, OLD, (1, 1)), (POSTGRESQL, OLD, (2, 8))],
    ids=["a current library", "an old library", "PostgreSQL"],
)
def test_each_engine_gets_the_connections_that_it_bears(
    serving: Callable[..., ModuleType], engine: str, version: tuple[int, ...], wanted: tuple[int, int]
) -> None:
    read = serving(engine, version)
    assert (read.workers, read.threads) == wanted


def test_an_old_library_keeps_to_one_whatever_was_asked_for(serving: Callable[..., ModuleType]) -> None:
    told = {"SOYOL_WEB_PROCESSES": "4", "SOYOL_WEB_THREADS": "16"}
    assert [(read.workers, read.threads) for read in [serving(SQLITE, OLD, **told)]] == [(1, 1)]
    assert [(read.workers, read.threads) for read in [serving(SQLITE, CURRENT, **told)]] == [(4, 16)]
