"""Checking, importing, re-reading and withdrawing: what is live follows from the files that stand."""

import csv
import io
import random
import unicodedata

import pytest
from django.db import connection

from soyol.audit.models import Entry
from soyol.sources import actions, queries
from soyol.sources.choices import BatchState, Completeness, Fate
from soyol.sources.models import Batch, RecordProblem, Source, SourceRecord
from soyol.sources.rules import Refused
from tests.factories.country import written
from tests.factories.lists import BY, checked, imported, received
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db
PHONE = written().phone
BAT, BOLD, DORJ = (
    f"Batbayar Bat,{PHONE(1)},1980-01-01,",
    f"Boldbaatar Bold,{PHONE(2)},1981-02-02,",
    f"Dorjsuren Dorj,{PHONE(3)},,",
)


def live(source: Source) -> list[str]:
    return sorted(record.raw["Name"] for record in SourceRecord.objects.filter(source=source, live=True))


def counts(batch: Batch) -> dict[str, int]:
    run = queries.dry_run_of(batch)
    assert run is not None
    return {fate.value: getattr(run, fate.value) for fate in Fate}


@pytest.mark.long
def test_dry_run_of_a_first_file_says_all_new_and_writes_nothing() -> None:
    batch = checked(received(a_source(), [BAT, BOLD]))
    assert counts(batch) == {"new": 2, "known": 0, "changed": 0, "unlisted": 0, "trouble": 0}
    assert SourceRecord.objects.count() == 0


@pytest.mark.long
def test_import_makes_every_row_a_record_as_it_was() -> None:
    batch = imported(a_source(), [BAT, BOLD])
    record = SourceRecord.objects.get(row=1)
    assert record.raw == {"Name": "Batbayar Bat", "Phone": PHONE(1), "Birth date": "1980-01-01"}
    assert record.values["birth_date"] == "1980-01-01"
    assert (batch.state, batch.counts["new"], live(batch.source)) == (
        BatchState.IMPORTED,
        2,
        ["Batbayar Bat", "Boldbaatar Bold"],
    )


def mongolian_texts(number: int) -> list[str]:
    """Invented words of every letter of the alphabet, with signs that a file has to protect."""
    draw = random.Random(6)  # noqa: S311 -- the same words each time
    letters = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
    signs = ["-", " ", "; ", ", ", '"', "'", ". "]
    words = ["".join(draw.choices(letters, k=draw.randint(2, 9))).capitalize() for _ in range(3 * number)]
    return [
        words[at] + draw.choice(signs) + words[at + 1] + draw.choice(signs) + words[at + 2]
        for at in range(0, 3 * number, 3)
    ]


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_any_mongolian_text_is_in_the_registry_as_it_was_in_the_file(encoding: str) -> None:
    """B6: through every encoding into the database, equal after NFC; old keyboards wrote є ї for ө ү."""
    texts = mongolian_texts(300)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["Name", "Phone", "Note"])
    writer.writerows(["Batbayar Bat", PHONE(at), text] for at, text in enumerate(texts))
    written = file.getvalue()
    old = str.maketrans("өүӨҮ", "єїЄЇ") if encoding == "cp1251" else {}
    # A mark apart from its letter (й as и and a breve) must come out as one letter.
    content = written.translate(old) if old else unicodedata.normalize("NFD", written)
    batch = actions.receive(by=BY, source=a_source(), name="list.csv", content=io.BytesIO(content.encode(encoding)))
    actions.import_batch(by=BY, batch=checked(batch))
    found = [record.raw["Note"] for record in SourceRecord.objects.order_by("row")]
    assert [unicodedata.normalize("NFC", text) for text in found] == [text.translate(old) for text in texts]


@pytest.mark.long
def test_personal_values_cannot_be_read_in_the_database() -> None:
    imported(a_source(), [BAT])
    with connection.cursor() as cursor:
        cursor.execute('SELECT raw, "values" FROM sources_sourcerecord')
        stored = b"".join(bytes(cell) for row in cursor.fetchall() for cell in row)
    assert b"Batbayar" not in stored
    assert PHONE(1).encode() not in stored


@pytest.mark.long
def test_rows_out_of_the_next_file_are_known_changed_and_new() -> None:
    source = a_source(key_columns=["name"], completeness=Completeness.FULL)
    imported(source, [BAT, BOLD])
    batch = checked(received(source, [BAT, BOLD.replace(PHONE(2), PHONE(9999)), DORJ]))
    assert counts(batch) == {"new": 1, "known": 1, "changed": 1, "unlisted": 0, "trouble": 0}
    batch = actions.import_batch(by=BY, batch=batch)
    assert {name: batch.counts[name] for name in ("new", "known", "changed", "unlisted")} == {
        "new": 1, "known": 1, "changed": 1, "unlisted": 0,
    }  # fmt: skip
    assert live(source) == ["Batbayar Bat", "Boldbaatar Bold", "Dorjsuren Dorj"]
    assert SourceRecord.objects.filter(source=source).count() == 4


@pytest.mark.long
def test_full_list_that_leaves_a_row_out_unlists_it_but_keeps_it() -> None:
    source = a_source(completeness=Completeness.FULL)
    imported(source, [BAT, BOLD])
    batch = checked(received(source, [BAT]))
    assert counts(batch)["unlisted"] == 1
    actions.import_batch(by=BY, batch=batch)
    assert sorted(SourceRecord.objects.filter(live=True).values_list("row", "listed")) == [(1, True), (2, False)]


@pytest.mark.long
def test_addition_unlists_nothing() -> None:
    source = a_source()
    imported(source, [BAT, BOLD])
    batch = imported(source, [DORJ])
    assert (batch.counts["unlisted"], SourceRecord.objects.filter(live=True, listed=True).count()) == (0, 3)


@pytest.mark.long
def test_two_equal_rows_of_one_file_stay_two_and_are_known_again() -> None:
    source = a_source()
    imported(source, [BAT, BAT])
    assert SourceRecord.objects.filter(live=True).count() == 2
    batch = checked(received(source, [BAT, BAT, BOLD]))
    assert counts(batch) == {"new": 1, "known": 2, "changed": 0, "unlisted": 0, "trouble": 1}  # a repeated row is told


@pytest.mark.long
def test_problem_names_sheet_row_column_value_rule_and_way_out() -> None:
    batch = imported(a_source(), ["Batbayar Bat,12,1980-13-45,"])
    problem = RecordProblem.objects.filter(batch=batch, column="Birth date").get()
    assert (problem.row, problem.line, problem.value) == (1, 2, "1980-13-45")
    assert problem.words("en")
    assert problem.words("mn") != problem.words("en")
    assert problem.way_out_words("en")


@pytest.mark.long
def test_withdrawing_takes_rows_out_and_brings_back_what_they_replaced() -> None:
    source = a_source(key_columns=["name"])
    imported(source, [BAT, BOLD])
    second = imported(source, [BAT.replace(PHONE(1), PHONE(7777)), DORJ])
    assert SourceRecord.objects.get(live=True, raw__isnull=False, row=1, batch=second).raw["Phone"] == PHONE(7777)
    actions.withdraw(by=BY, batch=second, reason="wrong file")
    assert live(source) == ["Batbayar Bat", "Boldbaatar Bold"]
    assert {record.raw["Phone"] for record in SourceRecord.objects.filter(live=True)} == {PHONE(1), PHONE(2)}
    assert SourceRecord.objects.filter(source=source).count() == 4


@pytest.mark.long
def test_withdrawing_the_older_file_leaves_the_newer_rows() -> None:
    source = a_source(key_columns=["name"])
    first = imported(source, [BAT, BOLD])
    imported(source, [BAT.replace(PHONE(1), PHONE(7777))])
    actions.withdraw(by=BY, batch=first, reason="wrong file")
    assert [record.raw["Phone"] for record in SourceRecord.objects.filter(live=True)] == [PHONE(7777)]


@pytest.mark.long
def test_reading_again_under_a_corrected_mapping_replaces_the_rows() -> None:
    batch = imported(a_source(), [BAT, BOLD])
    corrected = {**batch.mapping, "sheets": [_without(sheet, "Phone") for sheet in batch.mapping["sheets"]]}
    batch = checked(batch, corrected)
    assert counts(batch)["changed"] == 2
    batch = actions.import_batch(by=BY, batch=batch)
    records = list(SourceRecord.objects.filter(live=True))
    assert (batch.revision, len(records)) == (2, 2)
    assert all("phones" not in record.values and record.raw["Phone"] for record in records)
    assert all(record.supersedes_id for record in records)


def _without(sheet: dict[str, list[dict[str, str | None]]], name: str) -> dict[str, object]:
    columns = [{**column, "field": None if column["name"] == name else column["field"]} for column in sheet["columns"]]
    return {**sheet, "columns": columns}


def test_importing_before_checking_is_refused() -> None:
    batch = actions.read_batch(by=BY, batch=received(a_source(), [BAT]))
    with pytest.raises(Refused) as refused:
        actions.import_batch(by=BY, batch=batch)
    assert refused.value.code == "batch_state"


@pytest.mark.long
def test_abandoned_import_leaves_nothing_and_can_be_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from soyol.sources.queries import fates

    monkeypatch.setattr(fates, "CHUNK", 1)
    source = a_source()
    batch = checked(received(source, [BAT, BOLD, DORJ]))

    class Stop(Exception):
        pass

    def stop(done: int, _total: int | None = None, note: str = "", /) -> None:
        if not note and done >= 2:
            raise Stop

    with pytest.raises(Stop):
        actions.import_batch(by=BY, batch=batch, progress=stop)
    assert (SourceRecord.objects.count(), SourceRecord.objects.filter(live=True).count()) == (2, 0)
    batch = actions.abandon_import(by=BY, batch=batch)
    assert (batch.state, SourceRecord.objects.count()) == (BatchState.CHECKED, 0)
    assert actions.import_batch(by=BY, batch=batch).counts["new"] == 3


@pytest.mark.long
def test_interrupted_import_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from soyol.sources.queries import fates

    monkeypatch.setattr(fates, "CHUNK", 1)
    batch = checked(received(a_source(), [BAT, BOLD, DORJ]))

    class Killed(BaseException):
        pass

    def killed(done: int, _total: int | None = None, note: str = "", /) -> None:
        if not note and done >= 2:
            raise Killed

    with pytest.raises(Killed):
        actions.import_batch(by=BY, batch=batch, progress=killed)
    kept = set(SourceRecord.objects.values_list("pk", flat=True))
    batch = actions.import_batch(by=BY, batch=batch)
    assert kept < set(SourceRecord.objects.values_list("pk", flat=True))
    assert (batch.counts["new"], live(batch.source)) == (3, ["Batbayar Bat", "Boldbaatar Bold", "Dorjsuren Dorj"])


@pytest.mark.long
def test_import_is_one_audit_entry() -> None:
    imported(a_source(), [BAT, BOLD])
    assert Entry.objects.filter(action="sources.batch.import").count() == 1


def test_refused_file_says_why() -> None:
    batch = received(a_source(), [], name="empty.csv", header="")
    batch = actions.read_batch(by=BY, batch=batch)
    assert (batch.state, bool(batch.reading["refused"]["code"])) == (BatchState.REFUSED, True)


@pytest.mark.long
def test_list_of_sources_takes_the_same_queries_for_one_and_for_three(
    django_assert_num_queries: object,
) -> None:
    a_source()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(list(queries.sources())) == 1
    imported(a_source(), [BAT])
    a_source()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [source.records_count for source in queries.sources()].count(1) == 1
