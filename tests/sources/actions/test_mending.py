"""Rows in trouble go out as a workbook, are mended, and come in again in the place of those they came from."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from soyol.audit.models import Entry
from soyol.files import queries as files
from soyol.sources import actions, queries
from soyol.sources.choices import BatchState, Completeness, Fate
from soyol.sources.models import Batch, RecordProblem, Source, SourceRecord
from soyol.sources.rules import Refused
from tests.factories.country import written
from tests.factories.lists import BY, checked, imported, received
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db
PHONE = written().phone
BAT = f"Batbayar Bat,{PHONE(1)},1980-13-45,"
BOLD = f"Boldbaatar Bold,{PHONE(2)},1981-02-02,"
DORJ = "Dorjsuren Dorj,x7,,"
NOTE, MARK = 4, 5  # columns of the workbook, from 0

KINDS = [
    pytest.param({}, id="no key columns"),
    pytest.param({"key_columns": ["name"]}, id="known by name"),
    pytest.param({"completeness": Completeness.FULL}, id="a full list"),
]
Rows = list[list[Any]]


def taken(batch: Batch) -> openpyxl.Workbook:
    """The workbook of a file, as its keeper opens it."""
    stored = actions.write_mending(by=BY, batch=batch, lang="en")
    with files.open_plain(stored) as stream:
        return openpyxl.load_workbook(io.BytesIO(stream.read()))


def rows_of(book: openpyxl.Workbook) -> Rows:
    page = book.active
    assert page is not None
    return [list(row) for row in page.iter_rows(values_only=True)]


def mended(book: openpyxl.Workbook, change: Callable[[str], dict[str, str]] = lambda _name: {}) -> io.BytesIO:
    """The workbook saved after the cells of some rows (found by name) were changed, column → new text."""
    page = book.active
    assert page is not None
    headings = [cell.value for cell in page[1]]
    for line in page.iter_rows(min_row=2):
        for column, text in change(str(line[0].value)).items():
            line[headings.index(column)].value = text
    kept = io.BytesIO()
    book.save(kept)
    kept.seek(0)
    return kept


def sent(source: Source, content: io.BytesIO, name: str = "mended.xlsx") -> Batch:
    return checked(actions.receive(by=BY, source=source, name=name, content=content))


def sent_rows(source: Source, rows: Iterable[Iterable[Any]]) -> Batch:
    """Rows of a workbook saved as CSV and sent."""
    text = io.StringIO()
    csv.writer(text).writerows([[cell or "" for cell in row] for row in rows])
    return sent(source, io.BytesIO(text.getvalue().encode()), "mended.csv")


def fates(batch: Batch) -> dict[str, int]:
    run = queries.dry_run_of(batch)
    assert run is not None
    return {name: getattr(run, name) for name in ("new", "known", "changed", "unlisted")}


def live(source: Source) -> list[tuple[str, str, bool]]:
    rows = SourceRecord.objects.filter(source=source, live=True)
    return sorted((row.raw["Name"], row.raw.get("Birth date", ""), row.listed) for row in rows)


def date_of_bat(name: str) -> dict[str, str]:
    return {"Birth date": "1980-12-15"} if name == "Batbayar Bat" else {}


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_mended_row_takes_the_place_of_the_one_it_came_from(kind: dict[str, Any]) -> None:
    source = a_source(**kind)
    first = imported(source, [BAT, BOLD, DORJ])
    book = taken(first)
    assert [row[0] for row in rows_of(book)] == ["Name", "Batbayar Bat", "Dorjsuren Dorj"]
    again = sent(source, mended(book, date_of_bat))
    assert (again.excerpt_of, fates(again)) == (first, {"new": 0, "known": 1, "changed": 1, "unlisted": 0})
    again = actions.import_batch(by=BY, batch=again)
    assert {name: again.counts[name] for name in ("new", "known", "changed", "unlisted")} == fates(again)
    assert live(source) == [
        ("Batbayar Bat", "1980-12-15", True), ("Boldbaatar Bold", "1981-02-02", True), ("Dorjsuren Dorj", "", True),
    ]  # fmt: skip
    new = SourceRecord.objects.get(batch=again)
    assert new.supersedes == SourceRecord.objects.get(batch=first, row=1)
    assert (new.raw, new.values["birth_date"]) == (
        {"Name": "Batbayar Bat", "Phone": PHONE(1), "Birth date": "1980-12-15"},
        "1980-12-15",
    )


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_the_cell_by_which_a_row_is_known_can_be_mended_too(kind: dict[str, Any]) -> None:
    source = a_source(**kind)
    imported(source, [BAT, BOLD])
    other = sent(source, mended(taken(source.batches.get()), lambda _name: {"Name": "Batbayar Baatar"}))
    assert fates(other) == {"new": 0, "known": 0, "changed": 1, "unlisted": 0}
    actions.import_batch(by=BY, batch=other)
    assert [name for name, *_ in live(source)] == ["Batbayar Baatar", "Boldbaatar Bold"]


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_the_keeper_who_mends_the_list_as_well_sends_nothing_new(kind: dict[str, Any]) -> None:
    source = a_source(**kind)
    imported(source, [BAT, BOLD])
    other = sent(source, mended(taken(source.batches.get()), lambda _name: {"Name": "Batbayar Baatar"}))
    actions.import_batch(by=BY, batch=other)
    whole = checked(received(source, [BAT.replace("Bat,", "Baatar,"), BOLD], name="whole.csv"))
    assert fates(whole) == {"new": 0, "known": 2, "changed": 0, "unlisted": 0}
    actions.import_batch(by=BY, batch=whole)
    assert [(name, listed) for name, _date, listed in live(source)] == [
        ("Batbayar Baatar", True),
        ("Boldbaatar Bold", True),
    ]


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_mended_changes_nothing(kind: dict[str, Any]) -> None:
    source = a_source(**kind)
    imported(source, [BAT, BOLD, DORJ])
    before = live(source)
    again = sent(source, mended(taken(source.batches.get())))
    assert fates(again) == {"new": 0, "known": 2, "changed": 0, "unlisted": 0}
    actions.import_batch(by=BY, batch=again)
    assert (live(source), SourceRecord.objects.count()) == (before, 3)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_workbook_twice_changes_nothing_the_second_time(kind: dict[str, Any]) -> None:
    source = a_source(**kind)
    imported(source, [BAT, BOLD])
    book = taken(source.batches.get())
    content = mended(book, date_of_bat)
    first = actions.import_batch(by=BY, batch=sent(source, content))
    content.seek(0)
    with pytest.raises(actions.AlreadyReceived) as known:
        actions.receive(by=BY, source=source, name="again.xlsx", content=content)
    assert known.value.batch == first
    saved_anew = sent_rows(source, rows_of(book))
    assert fates(saved_anew) == {"new": 0, "known": 1, "changed": 0, "unlisted": 0}
    actions.import_batch(by=BY, batch=saved_anew)
    assert [name for name, *_ in live(source)] == ["Batbayar Bat", "Boldbaatar Bold"]


def test_the_workbook_as_it_went_out_does_not_undo_what_was_mended_since() -> None:
    source = a_source()
    imported(source, [BAT, BOLD])
    book = taken(source.batches.get())
    untouched = rows_of(book)
    actions.import_batch(by=BY, batch=sent(source, mended(book, date_of_bat)))
    late = sent_rows(source, untouched)
    assert fates(late)["known"] == 1
    actions.import_batch(by=BY, batch=late)
    assert live(source)[0] == ("Batbayar Bat", "1980-12-15", True)


def test_sorted_and_saved_as_csv_each_row_is_still_known() -> None:
    source = a_source()
    imported(source, [BAT, BOLD, DORJ])
    heading, *rows = rows_of(taken(source.batches.get()))
    rows[1][1] = PHONE(7)  # of Dorj, the second row in trouble
    again = sent_rows(source, [heading, *reversed(rows)])
    assert fates(again) == {"new": 0, "known": 1, "changed": 1, "unlisted": 0}
    actions.import_batch(by=BY, batch=again)
    assert {row.raw["Name"]: row.raw["Phone"] for row in SourceRecord.objects.filter(live=True)} == {
        "Batbayar Bat": PHONE(1), "Boldbaatar Bold": PHONE(2), "Dorjsuren Dorj": PHONE(7),
    }  # fmt: skip


@pytest.mark.long
def test_a_row_added_to_the_workbook_is_new_and_listed() -> None:
    source = a_source(completeness=Completeness.FULL)
    imported(source, [BAT, BOLD])
    rows = rows_of(taken(source.batches.get()))
    again = sent_rows(source, [*rows, ["Erdene Enkh", PHONE(9), "", "", "", ""]])
    assert fates(again) == {"new": 1, "known": 1, "changed": 0, "unlisted": 0}
    actions.import_batch(by=BY, batch=again)
    assert [(name, listed) for name, _date, listed in live(source)] == [
        ("Batbayar Bat", True), ("Boldbaatar Bold", True), ("Erdene Enkh", True),
    ]  # fmt: skip


def test_an_added_row_that_says_what_a_mended_one_said_before_is_a_row_of_its_own() -> None:
    source = a_source()
    imported(source, [BAT, BOLD])
    heading, bat = rows_of(taken(source.batches.get()))
    again = sent_rows(source, [heading, [*bat[:2], "1980-12-15", *bat[3:]], [*bat[:4], "", ""]])
    assert fates(again) == {"new": 1, "known": 0, "changed": 1, "unlisted": 0}
    actions.import_batch(by=BY, batch=again)
    assert [date for name, date, _listed in live(source) if name == "Batbayar Bat"] == ["1980-12-15", "1980-13-45"]


@pytest.mark.long
def test_the_next_full_list_counts_again_as_the_whole() -> None:
    source = a_source(completeness=Completeness.FULL)
    imported(source, [BAT, BOLD])
    actions.import_batch(by=BY, batch=sent(source, mended(taken(source.batches.get()), date_of_bat)))
    imported(source, [BOLD], name="next.csv")
    assert live(source) == [("Batbayar Bat", "1980-12-15", False), ("Boldbaatar Bold", "1981-02-02", True)]


def test_a_row_mended_late_is_listed_as_the_row_that_it_mends() -> None:
    source = a_source(completeness=Completeness.FULL)
    first = imported(source, [BAT, BOLD, DORJ])
    book = taken(first)
    imported(source, [BAT, BOLD], name="next.csv")  # Dorj is gone, Bat still there
    late = sent(source, mended(book, lambda name: {"Phone": PHONE(5)} if name.startswith(("Bat", "Dorj")) else {}))
    assert fates(late) == {"new": 0, "known": 0, "changed": 2, "unlisted": 0}
    actions.import_batch(by=BY, batch=late)
    assert [(name, listed) for name, _date, listed in live(source)] == [
        ("Batbayar Bat", True), ("Boldbaatar Bold", True), ("Dorjsuren Dorj", False),
    ]  # fmt: skip


@pytest.mark.long
def test_a_row_that_was_no_record_comes_in_when_it_is_mended() -> None:
    source = a_source()
    first = imported(source, [BOLD, ",,1990-01-01,"])
    assert SourceRecord.objects.count() == 1
    again = sent(source, mended(taken(first), lambda _name: {"Name": "Erdene Enkh"}))
    assert fates(again) == {"new": 1, "known": 0, "changed": 0, "unlisted": 0}


@pytest.mark.long
def test_mended_rows_can_be_mended_once_more() -> None:
    source = a_source(completeness=Completeness.FULL)
    first = imported(source, [BAT, BOLD])
    half = actions.import_batch(
        by=BY, batch=sent(source, mended(taken(first), lambda _name: {"Birth date": "1980-12-99"}))
    )
    whole = sent(source, mended(taken(half), date_of_bat))
    assert (whole.excerpt_of, fates(whole)) == (first, {"new": 0, "known": 0, "changed": 1, "unlisted": 0})
    actions.import_batch(by=BY, batch=whole)
    assert live(source) == [("Batbayar Bat", "1980-12-15", True), ("Boldbaatar Bold", "1981-02-02", True)]


@pytest.mark.long
def test_withdrawing_mended_rows_brings_back_those_they_came_from() -> None:
    source = a_source(completeness=Completeness.FULL)
    first = imported(source, [BAT, BOLD])
    before = live(source)
    again = actions.import_batch(by=BY, batch=sent(source, mended(taken(first), date_of_bat)))
    actions.withdraw(by=BY, batch=again, reason="not agreed")
    assert live(source) == before


def test_a_file_is_withdrawn_after_what_was_mended_out_of_it() -> None:
    source = a_source()
    first = imported(source, [BAT, BOLD])
    again = actions.import_batch(by=BY, batch=sent(source, mended(taken(first), date_of_bat)))
    with pytest.raises(Refused) as refused:
        actions.withdraw(by=BY, batch=first, reason="wrong file")
    assert (refused.value.code, refused.value.params["files"]) == ("mended_rows", "mended.xlsx")
    actions.withdraw(by=BY, batch=again, reason="wrong file")
    assert actions.withdraw(by=BY, batch=first, reason="wrong file").state == BatchState.WITHDRAWN


@pytest.mark.long
def test_confirming_the_columns_of_mended_rows_leaves_what_the_list_remembers() -> None:
    source = a_source()
    first = imported(source, [BAT, BOLD])
    source.refresh_from_db()
    remembered = source.mapping
    sent(source, mended(taken(first), date_of_bat))
    source.refresh_from_db()
    assert source.mapping == remembered


def refusal(source: Source, rows: Rows) -> str:
    """Why rows are not taken in."""
    text = io.StringIO()
    csv.writer(text).writerows([[cell or "" for cell in row] for row in rows])
    batch = actions.receive(by=BY, source=source, name="back.csv", content=io.BytesIO(text.getvalue().encode()))
    batch = actions.read_batch(by=BY, batch=batch)
    assert batch.state == BatchState.REFUSED
    return str(batch.reading["refused"]["code"])


@pytest.mark.long
def test_the_workbook_of_another_list_is_refused() -> None:
    imported(other := a_source(), [BAT, BOLD])
    imported(source := a_source(), [BAT, BOLD])
    assert refusal(source, rows_of(taken(other.batches.get()))) == "intake.excerpt_foreign"


def test_an_altered_mark_is_refused() -> None:
    imported(source := a_source(), [BAT, BOLD])
    heading, bat = rows_of(taken(source.batches.get()))
    bat[MARK] = bat[MARK].replace("-1-", "-2-")
    assert refusal(source, [heading, bat]) == "intake.excerpt_foreign"


@pytest.mark.long
def test_one_row_in_two_lines_is_refused() -> None:
    imported(source := a_source(), [BAT, BOLD])
    heading, bat = rows_of(taken(source.batches.get()))
    assert refusal(source, [heading, bat, bat]) == "intake.excerpt_doubled"


def test_rows_of_two_files_in_one_workbook_are_refused() -> None:
    source = a_source()
    one, two = imported(source, [BAT], name="1.csv"), imported(source, [DORJ], name="2.csv")
    assert refusal(source, [*rows_of(taken(one)), rows_of(taken(two))[1]]) == "intake.excerpt_several"


def test_rows_of_a_file_that_was_withdrawn_are_refused_also_at_the_last_moment() -> None:
    source = a_source()
    first = imported(source, [BAT, BOLD])
    rows = rows_of(taken(first))
    waiting = sent_rows(source, rows)
    actions.withdraw(by=BY, batch=first, reason="wrong file")
    with pytest.raises(Refused) as refused:
        actions.import_batch(by=BY, batch=waiting)
    assert refused.value.code == "file_refused"
    assert refusal(source, [*rows, ["Erdene Enkh", "", "", "", "", ""]]) == "intake.excerpt_gone"


def test_there_is_nothing_to_mend_before_a_file_was_looked_through() -> None:
    batch = actions.read_batch(by=BY, batch=received(a_source(), [BAT, BOLD]))
    with pytest.raises(Refused) as refused:
        actions.write_mending(by=BY, batch=batch, lang="en")
    assert refused.value.code == "not_checked"


def test_a_workbook_of_the_dry_run_is_taken_in_once_the_file_is_imported() -> None:
    source = a_source()
    batch = checked(received(source, [BAT, BOLD]))
    rows = rows_of(taken(batch))
    early = [*rows, ["Dulam Enkh", "", "", "", "", ""]]
    assert refusal(source, early) == "intake.excerpt_gone"
    actions.import_batch(by=BY, batch=batch)
    done = actions.import_batch(by=BY, batch=sent_rows(source, rows))
    assert (done.excerpt_of_id, len(rows) > 1) == (batch.pk, True)


def test_whoever_takes_the_workbook_has_looked_at_all_numbers_in_it() -> None:
    taken(first := imported(a_source(), [BAT, BOLD]))
    look = Entry.objects.get(action="audit.data.look")
    assert (look.target, look.actor_name, json.loads(look.detail)["fields"]) == (
        f"sources.Batch:{first.pk}",
        BY.name,
        ["list", "person_number"],
    )


def test_a_list_with_two_sheets_is_mended_sheet_by_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in (1, 2):
        page = book.create_sheet(f"Part {number}")
        page.append(["Name", "Phone", "Birth date"])
        page.append([f"Person{number} Name{number}", PHONE(number), "1980-13-45"])
        page.append([f"Fine{number} Name{number}", PHONE(number + 5), "1980-12-15"])
    kept = io.BytesIO()
    book.save(kept)
    kept.seek(0)
    source = a_source(completeness=Completeness.FULL)
    actions.import_batch(by=BY, batch=sent(source, kept, "list.xlsx"))
    assert RecordProblem.objects.filter(column="Birth date").count() == 2
    out = taken(source.batches.get())
    assert out.sheetnames == ["Part 1", "Part 2"]
    out["Part 2"]["C2"] = "1980-12-31"
    again = sent(source, mended(out))
    assert fates(again) == {"new": 0, "known": 1, "changed": 1, "unlisted": 0}
    assert {fate: len(again.dry_run["lists"][fate]) for fate in (Fate.CHANGED, Fate.KNOWN)} == {
        Fate.CHANGED: 1,
        Fate.KNOWN: 1,
    }
