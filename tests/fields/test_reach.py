"""No scope, no data: every table of people, on the connection itself."""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from soyol.accounts.choices import Permission
from soyol.accounts.doors import Door
from soyol.accounts.middleware import Doors
from soyol.accounts.models import User
from soyol.accounts.queries import may, scope, within
from soyol.fields import reach
from soyol.fields.reach import Unreached, Who
from soyol.registry.choices import Face
from soyol.registry.models import Actor, DirectoryEntry, Statement
from soyol.registry.queries import Scope
from soyol.sources.models import SourceRecord
from tests.factories.instances import Instance

pytestmark = pytest.mark.django_db

MODELS = {model._meta.db_table: model for model in apps.get_models()}
TABLES = sorted(reach.tables())
Reading = Callable[[type[models.Model]], object]

#: Ways to a row of a table, those past its managers among them.
READING: dict[str, Reading] = {
    "rows": lambda model: list(model._base_manager.all()),
    "one": lambda model: model._base_manager.first(),
    "count": lambda model: model._base_manager.count(),
    "inside another": lambda model: list(Actor.objects.filter(Exists(model._base_manager.all()))),
    "sql": lambda model: connection.cursor().execute(f"SELECT * FROM {model._meta.db_table}"),
    "change": lambda model: connection.cursor().execute(f"UPDATE {model._meta.db_table} SET id = id WHERE 1 = 0"),
    "delete": lambda model: connection.cursor().execute(f"DELETE FROM {model._meta.db_table} WHERE 1 = 0"),
    "copy": lambda model: connection.cursor().execute(
        f"INSERT INTO {model._meta.db_table} SELECT * FROM {model._meta.db_table} WHERE 1 = 0"
    ),
}


@pytest.fixture
def closed() -> Iterator[None]:
    with reach.closed():
        yield


def _unreached(way: str, table: str) -> bool:
    try:
        READING[way](MODELS[table])
    except Unreached as told:
        return table in str(told)
    return False


@pytest.mark.parametrize("who", [Who.NOBODY, Who.PUBLIC, Who.PERSON, Who.OFFICER])
def test_no_table_of_people_is_read_before_the_scope_was_asked(closed: None, who: Who) -> None:
    reach.let(who)
    assert [(table, way) for table in TABLES for way in READING if not _unreached(way, table)] == []


@pytest.mark.parametrize("who", [Who.PERSON, Who.OFFICER])
def test_who_asked_for_the_scope_reads_on(closed: None, who: Who) -> None:
    reach.let(who)
    reach.narrow()
    ways = ("rows", "count", "inside another")
    assert [(table, way) for table in TABLES for way in ways if _unreached(way, table)] == []


@pytest.mark.parametrize("who", [Who.NOBODY, Who.PUBLIC])
def test_nobody_and_everybody_have_no_scope_to_ask_for(closed: None, who: Who) -> None:
    reach.let(who)
    reach.narrow()
    assert [table for table in TABLES if not _unreached("count", table)] == []


def test_everybody_reads_the_directory_by_its_face_alone(closed: None) -> None:
    reach.let(Who.PUBLIC)
    assert list(DirectoryEntry.objects.filter(face=Face.PUBLIC)) == []
    with pytest.raises(Unreached):
        Statement.objects.filter(record__source__code="x").exists()


def test_a_join_and_a_prefetch_reach_no_further(closed: None) -> None:
    reach.let(Who.PUBLIC)
    for rows in (Actor.objects.filter(identities__record__live=True), Actor.objects.prefetch_related("entries")):
        with pytest.raises(Unreached):
            list(rows.filter(pk__gt=0)) or list(SourceRecord.objects.all())


def test_what_is_opened_is_shut_again(closed: None) -> None:
    with reach.opened("a test of it"):
        assert not Statement.objects.exists()
    with pytest.raises(Unreached):
        Statement.objects.exists()


def test_new_rows_are_written_without_reading_any(closed: None) -> None:
    assert reach.named('INSERT INTO "registry_statement" ("value") VALUES (%s)') == frozenset()
    assert reach.named('INSERT INTO "x" SELECT * FROM "registry_statement"') == {"registry_statement"}
    assert reach.named("select * from Registry_Statement where 1") == {"registry_statement"}
    assert reach.named('SELECT "registry_statement_digest" FROM "registry_statements"') == frozenset()


def test_an_answer_that_names_places_owes_a_condition(closed: None) -> None:
    reach.let(Who.OFFICER)
    reach.narrow(owes=True)
    assert _unreached("rows", "registry_statement")
    Scope.whole().condition()  # the whole country keeps to no place
    assert _unreached("rows", "registry_statement")
    Scope.of(["MN-1"]).condition()
    assert not _unreached("rows", "registry_statement")


def test_rights_that_are_asked_for_a_place_are_a_scope(
    closed: None, province_officer: User, registry_officer: User, curator: User
) -> None:
    asked: dict[str, Callable[[], object]] = {
        "of a province": lambda: scope(province_officer, Permission.SEE_REGISTRY),
        "of the country": lambda: scope(registry_officer, Permission.SEE_SOURCES),
        "one place": lambda: may(province_officer, Permission.SEE_REGISTRY, "MN-1"),
        "rows of lists": lambda: within(curator, Permission.SEE_SOURCES),
        "anywhere": lambda: may(province_officer, Permission.SEE_REGISTRY),
    }
    told = {}
    for name, ask in asked.items():
        reach.let(Who.OFFICER)
        ask()
        here = reach.current()
        told[name] = "narrowed" if here.narrowed else "owed" if here.owed else "nothing"
    assert told == {
        "of a province": "owed",
        "of the country": "narrowed",
        "one place": "narrowed",
        "rows of lists": "narrowed",
        "anywhere": "nothing",
    }


def test_a_new_connection_is_guarded_too(closed: None) -> None:
    fresh = connection.copy()
    try:
        with pytest.raises(Unreached), fresh.cursor() as cursor:
            cursor.execute("SELECT 1 FROM registry_statement")
    finally:
        fresh.close()


def _chunks() -> Iterator[bytes]:
    yield str(DirectoryEntry.objects.filter(face=Face.PUBLIC).count()).encode()
    yield str(Statement.objects.count()).encode()


def test_a_streamed_answer_reaches_as_far_as_its_request(rf: RequestFactory) -> None:
    def answer(request: HttpRequest) -> StreamingHttpResponse:
        reach.let(Who.PUBLIC)
        return StreamingHttpResponse(_chunks())

    request = rf.get("/")
    request.user = User()
    made = Doors(answer)(request)
    assert reach.current().who is Who.HOUSE
    parts = iter(made)
    assert next(parts) == b"0"
    with pytest.raises(Unreached):
        next(parts)


def test_a_page_that_forgets_its_scope_gives_nothing(closed: None, rf: RequestFactory, province_officer: User) -> None:
    def forgetful(request: HttpRequest) -> HttpResponse:
        return HttpResponse(list(Statement.objects.all()))

    forgetful.door = Door(permissions=frozenset({Permission.SEE_DESK}))  # type: ignore[attr-defined]
    request = rf.get("/")
    request.user = province_officer
    assert Doors(forgetful).process_view(request, forgetful, (), {}) is None
    with pytest.raises(Unreached):
        forgetful(request)


SERVED = """
import config.wsgi
from soyol.fields.reach import Unreached
from soyol.registry.models import Statement
try:
    print(int(Statement.objects.exists()))
except Unreached:
    print('"unreached"')
"""


def test_a_process_that_serves_reaches_nothing_by_itself(instance: Instance) -> None:
    assert instance.python(SERVED) == "unreached"
