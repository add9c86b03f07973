"""The database knows how its values are spread after much was written."""

import pytest
from django.db import connection

from soyol.audit import By
from soyol.jobs import actions
from soyol.jobs.statistics import renew_statistics
from soyol.jobs.worker import Worker
from tests.jobs import kinds  # noqa: F401 - registers the kinds of work

pytestmark = pytest.mark.django_db
LOOKED_AT = {
    "sqlite": "SELECT DISTINCT 1 FROM sqlite_stat1 WHERE tbl = 'jobs_job' AND stat LIKE '3 %%'",
    "postgresql": "SELECT 1 FROM pg_class WHERE relname = 'jobs_job' AND reltuples = 3",
}


def test_the_database_looks_again_at_what_it_holds(by: By) -> None:
    for _at in range(3):
        actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    renew_statistics()
    with connection.cursor() as cursor:
        cursor.execute(LOOKED_AT[connection.vendor])
        assert cursor.fetchone() == (1,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_an_index_answers_alone_after_long_work(by: By) -> None:
    actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    renew_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relallvisible > 0 FROM pg_class WHERE relname = 'jobs_job'")
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize(("least", "times"), [(0.0, 1), (3600.0, 0)])
def test_a_long_job_makes_it_look_again(by: By, monkeypatch: pytest.MonkeyPatch, least: float, times: int) -> None:
    looked: list[bool] = []
    monkeypatch.setattr("soyol.jobs.worker.MUCH_WRITTEN", least)
    monkeypatch.setattr("soyol.jobs.worker.renew_statistics", lambda: looked.append(True))
    actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    assert Worker().run_one()
    assert len(looked) == times
