"""Workbooks: the list as filtered, and a list that goes back to its keeper."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection, transaction

from soyol.audit.models import Entry
from soyol.files import queries as files
from soyol.files.models import StoredFile
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.registry import actions
from soyol.registry.actions import exports
from soyol.registry.queries import Facets, Scope
from soyol.sources.models import Source
from tests.factories.registry import BY, a_record, a_source, an_actor, people

pytestmark = pytest.mark.django_db


def sheet_of(stored: Any) -> Any:
    with files.open_plain(stored) as stream:
        return openpyxl.load_workbook(io.BytesIO(stream.read())).active


def test_workbook_of_the_list_has_no_formula_and_no_private_value() -> None:
    people(a_source(), [{"name": "=1+1", "birth_date": "1980-01-02", "phones": ["+97699887766"]}])
    stored, rows = actions.write_export(by=BY, text="", facets=Facets(), scope=Scope.whole(), lang="en")
    cells = [cell for row in sheet_of(stored).iter_rows() for cell in row]
    assert rows == 1
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    assert not [cell.value for cell in cells if "1980-01" in str(cell.value) or "99887766" in str(cell.value)]


def test_list_goes_back_with_our_number_and_what_we_know_differently() -> None:
    source, better = a_source(trust=10), a_source(trust=90)
    mine = a_record(source, name="Bat Dorj", birth_date="1980")
    actor = an_actor(mine, a_record(better, name="Bat Dorj", birth_date="1981-02-03", death_date="2001"))
    heading, row = (
        [cell.value for cell in line] for line in sheet_of(actions.give_back(by=BY, source=source)).iter_rows()
    )
    told = dict(zip(heading[2:], row[2:], strict=True))
    assert row[:2] == [actor.number, 2]
    assert (told["name"], told["birth_date"]) == ("Bat Dorj", "1980")
    assert "1981-02-03" in row
    assert "2001" not in row


def test_a_list_that_goes_back_never_holds_the_national_number_of_another_list() -> None:
    source, better = a_source(trust=10), a_source(trust=90)
    mine = a_record(source, name="Bat Dorj", birth_date="1980", person_number="QQ80010191")
    an_actor(mine, a_record(better, name="Bat Dorj", birth_date="1981-02-03", person_number="QQ80010199"))
    told = [str(cell.value) for row in sheet_of(actions.give_back(by=BY, source=source)).iter_rows() for cell in row]
    assert ("QQ80010191" in told, "1981-02-03" in told) == (True, True)
    assert [cell for cell in told if "QQ80010199" in cell or "99" in cell] == []


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    (tmp_path / "room").mkdir()
    path = tmp_path / "room" / "list.xlsx"
    assert exports.write_workbook(path, [["name"], *([f"={at}"] for at in range(5))], name="a/list") == 5
    book = openpyxl.load_workbook(path)
    told = [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in book]
    assert book.sheetnames == ["a list", "a list 2", "a list 3"]
    assert told == [["name", "=0", "=1"], ["name", "=2", "=3"], ["name", "=4"]]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} == {"s"}
    assert list(path.parent.iterdir()) == [path]


def test_columns_are_as_wide_as_what_stands_in_them(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    exports.write_workbook(path, [["id", "note", "none"], [7, "x" * 20, None], [8, "y" * 900, None]], name="list")
    sheet = openpyxl.load_workbook(path).active
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABC"] == [5, 51, 7]
    assert [cell.font.bold for cell in sheet[1]] == [True] * 3


@pytest.mark.django_db(transaction=True)
def test_a_workbook_is_made_without_holding_up_whoever_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        people(a_source("film"), [{"name": "Mari Tamm"}, {"name": "Jaan Kask"}])
    inside: list[bool] = []
    make = exports.write_workbook

    def watched(path: Path, rows: Any, **more: Any) -> int:
        def spied() -> Any:
            for row in rows:
                inside.append(connection.in_atomic_block)
                yield row

        return make(path, spied(), **more)

    monkeypatch.setattr(exports, "write_workbook", watched)
    made = [actions.start_export(by=BY, lang="en"), actions.start_give_back(by=BY, source=a_source_of("film"))]
    for job in made:
        assert Worker().run_one()
        job.refresh_from_db()
    assert [(job.state, (job.result or {})["rows"]) for job in made] == [(JobState.DONE, 2), (JobState.DONE, 2)]
    assert (len(inside), any(inside)) == (6, False)
    stored = StoredFile.objects.get(pk=(made[0].result or {})["file"])
    assert [cell.value for cell in sheet_of(stored)["C"]] == ["Name", "Jaan Kask", "Mari Tamm"]


@pytest.mark.parametrize("kind", ["export", "give_back"])
def test_a_workbook_that_is_stopped_leaves_nothing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    people(a_source("film"), [{"name": "Mari Tamm"}, {"name": "Jaan Kask"}])
    monkeypatch.setattr(exports, "TELL_EVERY", 1)
    monkeypatch.setattr("soyol.jobs.work.EVERY", 0)
    started = {"export": exports.export_rows, "give_back": exports.returned_list}[kind]

    def stopped_halfway(*asked: Any, **more: Any) -> Any:
        for at, row in enumerate(started(*asked, **more)):  # type: ignore[operator]
            if at == 1:
                jobs.cancel(by=BY, job=Job.objects.get())
            yield row

    monkeypatch.setattr(exports, started.__name__, stopped_halfway)
    job = (
        actions.start_export(by=BY) if kind == "export" else actions.start_give_back(by=BY, source=a_source_of("film"))
    )
    assert Worker().run_one()
    job.refresh_from_db()
    assert (job.state, StoredFile.objects.count()) == (JobState.CANCELLED, 0)
    assert not Entry.objects.filter(action__startswith="registry.list").exists()


def a_source_of(code: str) -> Source:
    return Source.objects.get(code=code)
