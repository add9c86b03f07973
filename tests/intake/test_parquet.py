"""Parquet files that promise more than they weigh, and values that are none."""

import io
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from soyol.intake import Limits, Reading
from soyol.intake.limits import MEGABYTE

from .conftest import cells_of

Read = Callable[..., Reading]


def parquet(columns: dict[str, Any]) -> bytes:
    kept = io.BytesIO()
    pq.write_table(pa.table(columns), kept)
    return kept.getvalue()


def dictionary(rows: int, letters: int) -> bytes:
    """A few kilobytes that stand for ``rows`` × ``letters`` of text."""
    names = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * letters]))
    return parquet({"name": names, "phone": pa.array(["99112233"] * rows)})


@pytest.mark.long
def test_a_dictionary_that_stands_for_too_much_text_is_refused_before_it_is_unpacked(read_bytes: Read) -> None:
    small = dictionary(300_000, 2_000)
    assert len(small) < MEGABYTE
    reading = read_bytes(small, "x.parquet", limits=Limits(archive_bytes=100 * MEGABYTE))
    assert reading.refused is not None
    assert (reading.refused.code, reading.refused.params) == (
        "intake.grows_too_big",
        {"limit": 100, "sheet": "–", "row": 65_536, "column": "name"},
    )
    assert [each.name for each in reading.into.iterdir()] == ["reading.json"]


@pytest.mark.long
def test_much_text_within_the_limit_comes_in_small_chunks(read_bytes: Read) -> None:
    reading = read_bytes(dictionary(50_000, 2_000), "x.parquet")
    (sheet,) = reading.sheets
    assert (reading.rows, len(sheet.chunks) > 2) == (50_000, True)
    assert max((reading.into / chunk).stat().st_size for chunk in sheet.chunks) < 40 * MEGABYTE


@pytest.mark.long
@pytest.mark.parametrize(
    ("moments", "shown"),
    [
        (pa.array([1, 1_000_000_000], pa.timestamp("ns")), ["1970-01-01", "1970-01-01 00:00:01"]),
        (pa.array([999_999, 0], pa.timestamp("us")), ["1970-01-01 00:00:00", "1970-01-01"]),
        (pa.array([2**62, 0], pa.timestamp("us")), [str(2**62), "1970-01-01"]),
        (pa.array([2**30, 0], pa.date32()), [str(2**30), "1970-01-01"]),
        (pa.array([0, 1], pa.time64("ns")), ["00:00:00", "00:00:00"]),
        (pa.array([0, None], pa.timestamp("us", "Mars/Phobos")), ["0", None]),
    ],
)
def test_moments_that_no_calendar_has_are_kept_as_they_are(moments: Any, shown: list[str], read_bytes: Read) -> None:
    reading = read_bytes(parquet({"name": ["A", "B"], "born": moments}), "x.parquet")
    assert reading.refused is None
    assert [row[1] for row in cells_of(reading)] == shown


def test_text_that_is_no_utf_8_is_read_with_the_loss_marked(read_bytes: Read) -> None:
    wrong = pa.Array.from_buffers(pa.string(), 2, pa.array([b"Bat\xff", b"Dorj"], pa.binary()).buffers())
    assert cells_of(read_bytes(parquet({"name": wrong, "n": [1, 2]}), "x.parquet")) == [
        ("Bat\ufffd", "1"),
        ("Dorj", "2"),
    ]


@pytest.mark.long
def test_dictionaries_and_equal_names_are_read_as_plain_columns(read_bytes: Read) -> None:
    table = pa.table([pa.array(["A", "B"]).dictionary_encode(), pa.array(["C", "D"])], names=["name", "name"])
    kept = io.BytesIO()
    pq.write_table(table, kept)
    reading = read_bytes(kept.getvalue(), "x.parquet")
    assert (reading.sheets[0].header, cells_of(reading)) == (("name", "name (2)"), [("A", "C"), ("B", "D")])


def test_decimals_are_plain_digits_with_the_noughts_that_they_have(read_bytes: Read) -> None:
    columns = {
        "number": pa.array([Decimal(2059614), None], pa.decimal128(18, 0)),
        "price": pa.array([Decimal("1.50"), Decimal(0)], pa.decimal128(12, 2)),
        "small": pa.array([Decimal("0.0000000001"), Decimal("-1e20")], pa.decimal256(40, 10)),
        "both": pa.array([[Decimal("1.50"), None], []], pa.list_(pa.decimal128(12, 2))),
        "inner": pa.array([{"n": Decimal(7)}, None], pa.struct([("n", pa.decimal128(18, 0))])),
    }
    assert cells_of(read_bytes(parquet(columns), "x.parquet")) == [
        ("2059614", "1.50", "0.0000000001", "1.50", '{"n": "7"}'),
        (None, "0.00", "-100000000000000000000.0000000000", None, None),
    ]


def test_bytes_without_a_type_are_text(read_bytes: Read) -> None:
    words = ["Бат".encode(), b"Dor\xffj", b""]
    whole = uuid.UUID(int=5)
    columns = {
        "plain": pa.array(words, pa.binary()),
        "fixed": pa.array([b"AB", b"CD", None], pa.binary(2)),
        "list": pa.array([words, [], None], pa.list_(pa.binary())),
        "inner": pa.array([{"b": word} for word in words], pa.struct([("b", pa.binary())])),
        "id": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([whole.bytes, None, None], pa.binary(16))),
    }
    assert cells_of(read_bytes(parquet(columns), "x.parquet")) == [
        ("Бат", "AB", "Бат; Dor\ufffdj", '{"b": "Бат"}', str(whole)),
        ("Dor\ufffdj", "CD", None, '{"b": "Dor\ufffdj"}', None),
        (None, None, None, '{"b": null}', None),
    ]
