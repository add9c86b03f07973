"""A file comes in once."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from soyol.audit.models import Entry
from soyol.files import queries as files
from soyol.sources import actions
from soyol.sources.actions import receiving
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch
from soyol.sources.rules import Refused
from tests.factories.lists import BY, csv, received
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db


def test_file_is_kept_byte_for_byte() -> None:
    content = b"\xef\xbb\xbfName\r\nBat\x00\r\n"
    batch = actions.receive(by=BY, source=a_source(), name="C:\\lists\\list.csv", content=io.BytesIO(content))
    assert batch.file is not None
    with files.open_plain(batch.file) as stream:
        assert stream.read() == content


def test_same_file_again_is_refused_and_says_when_it_came_first() -> None:
    source = a_source()
    first = received(source, ["Bat,99112233,,"], name="first.csv")
    with pytest.raises(actions.AlreadyReceived) as refused:
        received(source, ["Bat,99112233,,"], name="second.csv")
    assert refused.value.batch == first
    assert "first.csv" in str(refused.value)
    assert Batch.objects.count() == 1


def test_same_file_at_once_is_refused_by_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    source = a_source()
    first = received(source, ["Bat,,,"])
    looks = iter([None])
    real = receiving._refuse_known

    def too_early(*arguments: object) -> None:
        """The look before the write sees nothing, as when both come at the same instant."""
        if next(looks, "looked") == "looked":
            real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(receiving, "_refuse_known", too_early)
    with pytest.raises(actions.AlreadyReceived) as refused:
        received(source, ["Bat,,,"])
    assert refused.value.batch == first
    assert Batch.objects.count() == 1


def test_same_bytes_may_come_to_another_source_and_again_after_withdrawal() -> None:
    source, other = a_source(), a_source()
    first = received(source, ["Bat,,,"])
    received(other, ["Bat,,,"])
    actions.withdraw(by=BY, batch=first, reason="wrong file")
    again = received(source, ["Bat,,,"])
    assert (again.state, Batch.objects.filter(source=source).count()) == (BatchState.RECEIVED, 2)


def test_constraint_holds_against_a_bare_insert() -> None:
    batch = received(a_source(), ["Bat,,,"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.create(source=batch.source, file_name="x", sha256=batch.sha256, received_by="x")


def test_list_made_by_hand_takes_no_files() -> None:
    with pytest.raises(Refused) as refused:
        received(a_source(is_hand=True), ["Bat,,,"])
    assert refused.value.code == "hand_source"


def test_receiving_is_written_down_with_the_hash() -> None:
    batch = actions.receive(
        by=BY, source=a_source(), name="a.csv", content=csv(["Bat,,,"]), observed_on=date(2020, 1, 1)
    )
    entry = Entry.objects.get(action="sources.batch.receive")
    assert (entry.target, batch.sha256 in str(entry.detail)) == (f"sources.Batch:{batch.pk}", True)


def test_mapping_before_reading_is_refused() -> None:
    batch = received(a_source(), ["Bat,,,"])
    with pytest.raises(Refused) as refused:
        actions.set_mapping(by=BY, batch=batch, mapping={"columns": {"Name": "full_name"}})
    assert refused.value.code == "batch_state"


def test_remembered_mapping_holds_no_cells() -> None:
    source = a_source()
    batch = actions.read_batch(by=BY, batch=received(source, ["Batbayar Dorj,99112233,,"]))
    actions.set_mapping(by=BY, batch=batch, mapping=batch.mapping)
    source.refresh_from_db()
    assert "Batbayar" in str(batch.mapping)
    assert "Batbayar" not in str(source.mapping)
