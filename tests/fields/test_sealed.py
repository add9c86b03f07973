"""Sealed fields, tried on the audit's own sealed column and on fields without a table."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models, transaction

from soyol.audit import By
from soyol.audit.actions import record
from soyol.audit.models import Entry
from soyol.fields import SealedJSONField, SealedTextField, blind_index
from soyol.lib.sealing import SealError

CANARY = "УБ99112233"


class Sample(models.Model):
    text = SealedTextField(null=True)
    told = SealedJSONField(null=True)

    class Meta:
        app_label = "fields"
        managed = False

    def __str__(self) -> str:
        return "sample"


def _stored(field: models.Field, value: object) -> bytes:
    """The bytes that reach the database (psycopg wraps them)."""
    sealed = field.get_db_prep_value(value, connection)
    return bytes(getattr(sealed, "obj", sealed))


@pytest.mark.django_db
def test_what_is_sealed_cannot_be_read_in_the_database_and_comes_back_whole(by: By) -> None:
    with transaction.atomic():
        entry = record(by, "tests.value.seal", "x:1", {"number": CANARY, "signs": 'өү"\n'}, personal=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_detail FROM audit_entry WHERE id = %s", [entry.pk])
        (raw,) = cursor.fetchone()
    assert CANARY.encode() not in bytes(raw)
    assert Entry.objects.get(pk=entry.pk).told == {"number": CANARY, "signs": 'өү"\n'}


def test_a_value_moved_to_another_column_does_not_open() -> None:
    sealed = _stored(Sample._meta.get_field("text"), CANARY)
    with pytest.raises(SealError, match=r"something other than 'fields\.Sample\.told'"):
        Sample._meta.get_field("told").from_db_value(sealed, None, connection)


def test_every_json_value_survives() -> None:
    field = Sample._meta.get_field("told")
    for value in ({"а": [1, 2.5, None, True, "ө"]}, [], {}, "", 0, False):
        assert field.from_db_value(_stored(field, value), None, connection) == value


def test_none_stays_null() -> None:
    field = Sample._meta.get_field("text")
    assert field.get_db_prep_value(None, connection) is None
    assert field.from_db_value(None, None, connection) is None


@pytest.mark.parametrize("lookup", ["exact", "icontains", "in", "gt"])
def test_comparing_sealed_values_is_refused(lookup: str) -> None:
    with pytest.raises(FieldError, match=r"fields\.Sample\.text is sealed: compare a blind index"):
        Sample.objects.filter(**{f"text__{lookup}": ["x"] if lookup == "in" else "x"})


def test_asking_for_null_is_possible() -> None:
    assert "IS NULL" in str(Sample.objects.filter(text__isnull=True).query)


def test_a_blind_index_is_equal_for_equal_values_of_one_purpose_only() -> None:
    assert blind_index(CANARY, "person") == blind_index(CANARY, "person")
    assert blind_index(CANARY, "person") != blind_index(CANARY, "company")
    assert blind_index(CANARY, "person") != blind_index("УБ99112234", "person")
    assert len(blind_index(CANARY, "person")) == 64
