"""Every format of KoboToolbox and ODK Central gives the same answers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from soyol.surveys.models import FormVersion
from soyol.surveys.queries.exchange import read_answers
from soyol.surveys.queries.plans import plan
from soyol.surveys.rules import Refused
from tests.factories import answer_files as files
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db


def _sets() -> list[tuple[str, dict[str, Any]]]:
    return [("aaaa-1", make.answers()), ("bbbb-2", make.answers(full_name="Second Person", works=[], consent="no"))]


WRITERS: dict[str, tuple[Callable[..., Path], dict[str, Any]]] = {
    "kobo.xlsx": (files.kobo_xlsx, {}),
    "kobo-bare.xlsx": (files.kobo_xlsx, {"groups": False}),
    "kobo-labels.xlsx": (files.kobo_xlsx, {"labels": True}),
    "kobo.json": (files.kobo_json, {}),
    "odk.zip": (files.odk_zip, {}),
    "odata.json": (files.odata_json, {}),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_answers(version: FormVersion, tmp_path: Path, name: str) -> None:
    form, (write, how) = version.compiled, WRITERS[name]
    brought = read_answers(write(tmp_path / name, form, _sets(), **how), name, form)
    assert [came.instance_id for came in brought.came] == ["aaaa-1", "bbbb-2"]
    given = [{key: value for key, value in came.answers.items() if value} for came in brought.came]
    assert given == [{key: value for key, value in told.items() if value} for _uuid, told in _sets()]
    assert (brought.unknown, [came.faults for came in brought.came]) == ({}, [[], []])
    assert ("labels_in_cells" in brought.remarks, "labels_in_headings" in brought.remarks) == ("labels" in name,) * 2


def test_a_csv_of_kobo_has_everything_but_the_rounds(version: FormVersion, tmp_path: Path) -> None:
    form = version.compiled
    brought = read_answers(files.kobo_csv(tmp_path / "kobo.csv", form, _sets()), "kobo.csv", form)
    assert [came.answers["full_name"] for came in brought.came] == [told["full_name"] for _uuid, told in _sets()]


def test_a_choice_of_many_may_stand_in_columns_of_its_own(tmp_path: Path, country: Any) -> None:
    rows = [("begin_group", "g", "G"), ("select_multiple yes_no", "both", "Both"), ("end_group",)]
    form = make.form([*rows, ("begin_repeat", "works", "W"), ("text", "title", "T"), ("end_repeat",)], make.PLACES)
    told = [("a", {"both": "yes no", "works": []}), ("b", {"both": "no", "works": []})]
    path = files.odk_zip(tmp_path / "split.zip", form, told, split=["g-both/yes", "g-both/no"])
    brought = read_answers(path, "split.zip", form)
    assert [came.answers["both"] for came in brought.came] == ["yes no", "no"]
    assert brought.unknown == {}


def test_what_nobody_knows_is_told_with_its_column(version: FormVersion, tmp_path: Path) -> None:
    form = version.compiled
    path = files.kobo_xlsx(tmp_path / "k.xlsx", form, [("a", make.answers(kind="robot"))], more={"shoe_size": "44"})
    brought = read_answers(path, "k.xlsx", form)
    assert brought.unknown == {"shoe_size": 1}
    assert brought.came[0].faults == [("kind", None, "choice", "robot")]
    assert brought.came[0].place == "craft, 2"


def test_rounds_of_odata_that_were_not_asked_for_are_told(version: FormVersion, tmp_path: Path) -> None:
    path = files.odata_json(tmp_path / "o.json", version.compiled, _sets(), expanded=False)
    assert read_answers(path, "o.json", version.compiled).remarks == ["rounds_missing"]


@pytest.mark.long
def test_hostile_files_are_refused_with_a_reason(version: FormVersion, tmp_path: Path) -> None:
    form = version.compiled
    bomb = tmp_path / "bomb.zip"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 250_000_000)
    many = tmp_path / "many.zip"
    with ZipFile(many, "w") as archive:
        for number in range(50):
            archive.writestr(f"{number}.csv", "KEY\na\n")
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 100_000)
    rounds = tmp_path / "rounds.csv"
    rounds.write_text("title,PARENT_KEY,KEY\nFelt,uuid:a,uuid:a/works[1]\n")
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps({"results": []}))
    half = tmp_path / "half.json"
    half.write_text('[{"_uuid": "a", "full_name": "\\ud800"}]')
    nested = tmp_path / "nested.json"
    nested.write_text('{"who": ' * 50_000 + "1" + "}" * 50_000)
    expected = {
        "half": "not_json_whole",
        "nested": "not_json_whole",
        "bomb": "archive_too_big",
        "many": "archive_too_big",
        "deep": "not_json_whole",
        "rounds": "no_submissions",
    }
    for path in (bomb, many, deep, rounds, empty, half, nested):
        with pytest.raises(Refused) as refused:
            read_answers(path, path.name, form)
        assert refused.value.code == expected.get(path.stem, "file_unreadable")
        assert str(refused.value)


def test_a_fault_is_told_where_it_stands_in_the_file_and_once(version: FormVersion, tmp_path: Path) -> None:
    form = version.compiled
    works = [{"title": "First", "year": "1999"}, {"title": "Second", "year": "long ago"}]
    told = [("a", make.answers(works=works)), ("b", make.answers(kind="robot", works=[]))]
    for name, write, round_place, place in (
        ("k.xlsx", files.kobo_xlsx, "works, 3", "craft, 3"),
        ("o.zip", files.odk_zip, None, None),
        ("k.json", files.kobo_json, "1", "2"),
    ):
        made = plan(version.survey, version, read_answers(write(tmp_path / name, form, told), name, form))
        [year], [kind] = ([each for each in made.remarks if each.code == code] for code in ("whole", "choice"))
        assert (year.column.split("/")[-1].split("-")[-1], year.value) == ("year", "long ago"), name
        assert (kind.column.split("/")[-1].split("-")[-1], kind.value) == ("kind", "robot"), name
        if round_place:
            assert (year.place, kind.place) == (round_place, place), name
        assert made.refused == 2


def test_a_column_with_a_slip_in_its_name_is_told_with_the_one_that_may_be_meant(
    version: FormVersion, tmp_path: Path
) -> None:
    form = version.compiled
    path = files.kobo_json(tmp_path / "k.json", form, [("a", make.answers())])
    path.write_text(path.read_text().replace("full_name", "fulname"))
    made = plan(version.survey, version, read_answers(path, "k.json", form))
    assert [(each.code, each.like) for each in made.remarks if each.code.startswith("column")] == [
        ("column_like", "full_name")
    ]
    assert "full_name" in str(next(each for each in made.remarks if each.code == "column_like"))


def test_what_is_no_json_is_told_by_line_and_sign(version: FormVersion, tmp_path: Path) -> None:
    path = tmp_path / "k.json"
    path.write_text('[\n{"a": }]')
    with pytest.raises(Refused) as refused:
        read_answers(path, "k.json", version.compiled)
    assert (refused.value.code, refused.value.params) == ("not_json", {"line": 2, "sign": 7})
