"""``manage change_key``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from soyol.fields import keys
from soyol.sources.models import SourceRecord
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


def said(*options: str) -> list[list[str]]:
    """Lines of the command, word by word."""
    out = StringIO()
    call_command("change_key", *options, stdout=out)
    return [line.split() for line in out.getvalue().splitlines()]


def test_it_says_what_went_over_and_under_which_key() -> None:
    make.people(make.a_source(), [{"name": "Болд"}])
    before = keys.ring().current
    lines = said()
    assert ["2", "sources.SourceRecord"] in lines
    assert lines[-1][-1] == keys.ring().current != before


def test_it_goes_on_without_another_key() -> None:
    make.people(make.a_source(), [{"name": "Болд"}])
    said()
    current = keys.ring().current
    assert said("--go-on")[-1][0] == "0"
    assert keys.ring().current == current


def test_what_does_not_open_makes_it_a_fault_that_names_the_row() -> None:
    make.people(make.a_source(), [{"name": "Болд"}])
    record = SourceRecord.objects.get()
    with connection.cursor() as cursor:
        foreign = keys.ring().seal(b"{}", "elsewhere")
        cursor.execute("UPDATE sources_sourcerecord SET raw = %s", [foreign])
    with pytest.raises(CommandError, match=rf"1 do not open[^:]*:\n  sources\.SourceRecord {record.pk}, raw"):
        said()
