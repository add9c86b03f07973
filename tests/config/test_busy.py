"""A database that is busy is answered with 503 and a time to come again; a fault of ours stays a 500."""

import sqlite3

import pytest
from django.db import OperationalError
from django.test import Client

from config import busy
from soyol.portal.pages import views


def raised(text: str, cause: BaseException | None = None) -> OperationalError:
    error = OperationalError(text)
    error.__cause__ = cause
    return error


class Told(Exception):
    """What psycopg raises, with its code."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (raised("database is locked", sqlite3.OperationalError("database is locked")), True),
        (raised("canceling statement due to lock timeout", Told("55P03")), True),
        (raised("deadlock detected", Told("40P01")), True),
        (raised("no such table: registry_actor", sqlite3.OperationalError("no such table")), False),
        (raised("disk I/O error"), False),
        (raised("out of memory", Told("53200")), False),
        (ValueError("database is locked"), False),
        (None, False),
    ],
)
def test_only_what_passes_by_itself_counts_as_busy(error: BaseException | None, expected: bool) -> None:
    assert busy.is_busy(error) is expected


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "status"), [("database is locked", 503), ("no such table: x", 500)])
@pytest.mark.parametrize("language", ["mn", "en"])
def test_a_page_says_that_nothing_was_saved_and_when_to_come_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: str, status: int, language: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError(error)

    monkeypatch.setattr(views, "page", fail)
    client.raise_request_exception = False
    client.cookies["soyol_language"] = language
    answer = client.get("/")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, "10" if status == 503 else None)
    assert f'lang="{language}"' in answer.content.decode()
    told = {"en": "in a few seconds", "mn": "хэдэн секундийн дараа"}[language]
    assert (told in answer.content.decode()) is (status == 503)
