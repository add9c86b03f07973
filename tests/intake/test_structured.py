"""JSON of which no value is lost, and JSON Lines that look like something else."""

import json
from collections.abc import Callable

import pytest

from soyol.intake import Reading

from .conftest import cells_of, rows_of

Read = Callable[..., Reading]


def test_two_equal_keys_are_two_columns_and_told(read_bytes: Read) -> None:
    reading = read_bytes(b'[{"name": "A", "name": "B", "phone": "1"}, {"name": "C", "phone": "2"}]', "x.json")
    (sheet,) = reading.sheets
    assert sheet.header == ("name", "name (2)", "phone")
    assert cells_of(reading) == [("A", "B", "1"), ("C", None, "2")]
    assert [(each.code, each.params) for each in sheet.notices] == [
        ("intake.doubled_headings", {"headings": "name"}),
    ]


def test_a_key_of_an_inner_object_does_not_hide_an_equal_one(read_bytes: Read) -> None:
    reading = read_bytes(b'[{"a": {"b": "1"}, "a.b": "2"}]', "x.json")
    assert (reading.sheets[0].header, cells_of(reading)) == (("a.b", "a.b (2)"), [("1", "2")])


def test_half_a_sign_in_a_value_or_a_key_is_replaced_and_the_rest_is_read(read_bytes: Read) -> None:
    reading = read_bytes(rb'[{"name": "Ba\ud800t", "k\ud800": "\ud83d\ude00"}]', "x.json")
    assert reading.sheets[0].header == ("name", "k\ufffd")
    assert cells_of(reading) == [("Ba\ufffdt", "\U0001f600")]
    assert reading.sheets[0].notices[0].code == "intake.heading_signs"


def test_numbers_keep_all_their_digits(read_bytes: Read) -> None:
    long = "9" * 5_000
    reading = read_bytes(f'[{{"name": "A", "n": {long}, "m": 1e400, "k": 12345678901234567890}}]'.encode(), "x.json")
    assert cells_of(reading) == [("A", long, "1e400", "12345678901234567890")]


def test_lines_are_known_however_long_the_first_one_is(read_bytes: Read) -> None:
    lines = [json.dumps({"name": "A", "note": "x" * 600_000}), json.dumps({"name": "B", "note": "y"})]
    reading = read_bytes("\n".join(lines).encode(), "x.json")
    assert (reading.format, [row["c0"] for row in rows_of(reading)]) == ("jsonl", ["A", "B"])


@pytest.mark.long
def test_one_line_alone_is_a_list_by_the_name_of_its_file(read_bytes: Read) -> None:
    one = b'{"name": "A", "phones": ["1", "2"]}\n'
    reading = read_bytes(one, "x.jsonl")
    assert (reading.format, cells_of(reading)) == ("jsonl", [("A", "1; 2")])
    refused = read_bytes(one, "x.json").refused
    assert refused is not None
    assert refused.code == "intake.json_shape"


def test_a_broken_second_line_is_told_and_the_others_are_read(read_bytes: Read) -> None:
    reading = read_bytes(b'{"name": "A"}\nname: B\n{"name": "C"}\n', "x.json")
    assert [(row["c0"], row["trouble"]) for row in rows_of(reading)] == [
        ("A", None),
        (None, "intake.bad_json_line"),
        ("C", None),
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1.10", "1.10"),
        ("12345678901234567890.5", "12345678901234567890.5"),
        ("12345678901234567890.0", "12345678901234567890"),
        ("99112233.0", "99112233"),
        ("9.9112233e7", "99112233"),
        ("1.5", "1.5"),
        ("-0.0", "0"),
        ("1.2345678901234567890e30", "1.2345678901234567890e30"),
        ("[1.10, 2.5]", "1.10; 2.5"),
    ],
)
def test_numbers_with_a_point_keep_the_digits_they_are_written_with(written: str, kept: str, read_bytes: Read) -> None:
    assert cells_of(read_bytes(f'[{{"name": "A", "n": {written}}}]'.encode(), "x.json")) == [("A", kept)]


def test_each_list_of_objects_is_a_sheet_and_rows_are_counted_through(read_bytes: Read) -> None:
    document = {
        "persons": [{"name": "A"}],
        "total": 3,
        "organisations": [{"org": "B", "n": 1}, {"org": "C"}],
        "none": [],
    }
    reading = read_bytes(json.dumps(document).encode(), "x.json")
    assert [(sheet.name, sheet.header, sheet.rows) for sheet in reading.sheets] == [
        ("persons", ("name",), 1),
        ("organisations", ("org", "n"), 2),
    ]
    assert [row["row"] for number in (0, 1) for row in rows_of(reading, number)] == [1, 2, 3]
    assert (cells_of(reading, 1), reading.notices) == ([("B", "1"), ("C", None)], ())


def test_a_list_of_other_things_is_told_and_the_objects_are_read(read_bytes: Read) -> None:
    reading = read_bytes(b'{"a": [{"name": "A"}], "b": [1, 2, 3, 4], "c": [{}]}', "x.json")
    assert [(sheet.name, cells_of(reading)) for sheet in reading.sheets] == [("", [("A",)])]
    assert [(each.code, each.params) for each in reading.notices] == [("intake.lists_left", {"lists": "b (4), c (1)"})]


@pytest.mark.long
def test_of_very_many_lists_the_longest_are_read_and_the_others_told(read_bytes: Read) -> None:
    document = {f"k{n}": [{"name": f"N{n}"}] * (2 if n % 2 else 1) for n in range(150)} | {
        "k" * 300: [{"name": "X"}] * 3
    }
    reading = read_bytes(json.dumps(document).encode(), "x.json")
    assert (len(reading.sheets), {len(sheet.name) for sheet in reading.sheets[-1:]}) == (100, {100})
    assert [each.code for each in reading.notices] == ["intake.lists_left"]
    assert all(sheet.rows > 1 for sheet in reading.sheets[-1:])
