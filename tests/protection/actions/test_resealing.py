"""After a change of the key all that is sealed, but for the audit, is under the new one and says the same."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from soyol.audit import By
from soyol.audit.actions import seal
from soyol.audit.models import Entry
from soyol.audit.queries import verify
from soyol.fields import keys
from soyol.files import actions as files
from soyol.files import queries, vault
from soyol.files.models import StoredFile
from soyol.lib.sealing import KeyRing
from soyol.protection.actions import change_key, resealing
from soyol.protection.actions.resealing import sealed_columns
from soyol.protection.rules import Refused
from soyol.registry.actions.incremental import CONTEXT, drop_indexes, sealed_index
from soyol.registry.choices import RunState
from soyol.registry.models import LinkageRun
from soyol.sources.models import SourceRecord
from tests.factories import registry as make
from tests.protection.everything import built

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country", "reads_here", "own_keys")]
BY = By.system("tests")


def _people(*names: str) -> None:
    make.people(make.a_source(), [{"name": name} for name in names])


def _stored() -> dict[tuple[str, str, Any], bytes]:
    """Every sealed value as the database has it, by column and row."""
    found: dict[tuple[str, str, Any], bytes] = {}
    with connection.cursor() as cursor:
        for model, columns in sealed_columns().items():
            for column in columns:
                cursor.execute(f'SELECT {model._meta.pk.column}, "{column.column}" FROM {model._meta.db_table}')
                found |= {
                    (model._meta.label, column.name, pk): bytes(value)
                    for pk, value in cursor.fetchall()
                    if value is not None
                }
    return found


def _plain(stored: dict[tuple[str, str, Any], bytes]) -> dict[tuple[str, str, Any], bytes]:
    return {key: keys.ring().open(value, f"{key[0]}.{key[1]}") for key, value in stored.items()}


@pytest.mark.long
def test_everything_goes_over_and_says_the_same(tmp_path: Path) -> None:
    built(tmp_path)
    seal()
    before, contents = _plain(_stored()), {each.pk: _content(each) for each in _kept()}
    assert len({key[:2] for key in before}) > 20
    assert contents
    done = change_key(by=BY)
    after = _stored()
    assert _plain(after) == before
    assert {value[1:5].hex() for value in after.values()} == {done.key}
    assert (done.values, done.files, done.broken) == (len(before), len(contents), [])
    assert {each.pk: _content(each) for each in _kept()} == contents
    for each in _kept():
        with (vault.folder() / each.place).open("rb") as stream:
            assert not keys.ring().file_needs_resealing(stream)


def _kept() -> list[StoredFile]:
    return list(StoredFile.objects.filter(personal=True, forgotten_at__isnull=True))


def _content(stored: StoredFile) -> bytes:
    with queries.open_plain(stored) as stream:
        return stream.read()


def test_the_audit_stays_as_it_is_and_can_still_be_read_and_verified() -> None:
    _people("Болд")
    Entry.objects.create(actor_kind="system", action="tests.said", sealed_detail="Болд")
    seal()
    before = keys.ring().current
    change_key(by=BY)
    seal()
    assert Entry.objects.get(action="tests.said").sealed_detail == "Болд"
    assert before in keys.ring().keys
    assert verify().breaks == ()
    assert list(Entry.objects.filter(action__startswith="protection.key").order_by("pk").values_list("action")) == [
        ("protection.key.change",),
        ("protection.key.changed",),
    ]


def test_what_is_saved_between_reading_and_writing_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    _people("Болд")
    record = SourceRecord.objects.get()
    reseal = resealing._Table.reseal

    def meanwhile(table: resealing._Table, rows: list[Any]) -> int:
        if table.label == "sources.SourceRecord":
            SourceRecord.objects.filter(pk=record.pk).update(raw={"said": "meanwhile"})
        return reseal(table, rows)

    monkeypatch.setattr(resealing._Table, "reseal", meanwhile)
    change_key(by=BY)
    assert SourceRecord.objects.get().raw == {"said": "meanwhile"}
    assert _plain(_stored())


def test_in_portions_every_row_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    _people("Болд", "Дорж", "Сараа", "Цэцэг", "Бат")
    monkeypatch.setattr(resealing, "AT_ONCE", 2)
    heard: dict[str, int] = {}
    done = change_key(by=BY, tell=lambda what, count: heard.update({what: count}))
    assert heard["sources.SourceRecord"] == 10  # two columns of each
    assert sum(heard.values()) == done.values + done.files
    assert {value[1:5].hex() for value in _stored().values()} == {done.key}


def test_what_does_not_open_is_named_and_stays_and_all_else_goes_over() -> None:
    _people("Болд", "Дорж")
    broken, whole = SourceRecord.objects.order_by("pk")
    with connection.cursor() as cursor:
        foreign = keys.ring().seal(b"{}", "elsewhere")
        cursor.execute("UPDATE sources_sourcerecord SET raw = %s WHERE id = %s", [foreign, broken.pk])
    done = change_key(by=BY)
    assert [each.split(":")[0] for each in done.broken] == [f"sources.SourceRecord {broken.pk}, raw"]
    assert SourceRecord.objects.get(pk=whole.pk).raw
    stored = _stored()
    assert stored["sources.SourceRecord", "raw", broken.pk] == foreign
    assert stored["sources.SourceRecord", "raw", whole.pk][1:5].hex() == done.key


def test_a_run_that_was_killed_is_gone_on_with_under_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    _people("Болд", "Дорж")

    def killed(*_told: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(resealing, "_reseal_files", killed)
        with pytest.raises(KeyboardInterrupt):
            change_key(by=BY)
    key = keys.ring().current
    stored = files.keep(by=BY, name="a.csv", content=BytesIO(b"kept"), personal=True)
    again = change_key(by=BY, new=False)
    assert (again.key, again.values, again.files) == (key, 0, 0)
    assert _content(stored) == b"kept"


def test_a_second_one_at_the_same_time_is_refused() -> None:
    with resealing._alone(), pytest.raises(Refused) as refused:
        change_key(by=BY)
    assert refused.value.code == "key_changes"


def test_the_index_of_the_last_comparison_goes_over(tmp_path: Path, settings: Any) -> None:
    place = _index(tmp_path, settings)
    done = change_key(by=BY)
    with place.open("rb") as stream:
        assert not keys.ring().file_needs_resealing(stream)
    with place.open("rb") as stream:
        assert b"".join(keys.ring().open_file(stream, CONTEXT)) == b"index"
    assert done.broken == []


def test_a_file_whose_bytes_are_gone_is_named() -> None:
    stored = files.keep(by=BY, name="a.csv", content=BytesIO(b"kept"), personal=True)
    vault.remove(stored.place)
    assert [each.split(":")[0] for each in change_key(by=BY).broken] == [f"files.StoredFile {stored.pk}"]


def _index(tmp_path: Path, settings: Any) -> Path:
    """Where the index of the last comparison rests."""
    settings.SOYOL_DATA = tmp_path
    run = LinkageRun.objects.create(state=RunState.APPLIED)
    place = sealed_index(run)
    place.parent.mkdir()
    with place.open("wb") as to:
        keys.ring().seal_file(BytesIO(b"index"), to, CONTEXT)
    return place


def test_an_index_that_is_dropped_meanwhile_stays_dropped(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = _index(tmp_path, settings)
    reseal = KeyRing.reseal_file

    def meanwhile(ring: KeyRing, *told: Any) -> Any:
        drop_indexes()
        return reseal(ring, *told)

    monkeypatch.setattr(KeyRing, "reseal_file", meanwhile)
    assert change_key(by=BY).broken == []
    assert list(place.parent.iterdir()) == []


def test_an_index_that_does_not_open_is_named_and_all_else_goes_over(tmp_path: Path, settings: Any) -> None:
    place = _index(tmp_path, settings)
    place.write_bytes(place.read_bytes()[:-1])
    done = change_key(by=BY)
    assert [each.split(",")[0] for each in done.broken] == ["registry.LinkageRun"]
    assert [path.name for path in place.parent.iterdir()] == [place.name]
