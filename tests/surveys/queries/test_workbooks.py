"""Workbooks of forms come through the cage, and what is in one never hurts."""

import shutil
import subprocess
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from soyol.surveys.queries.workbooks import pyxform_faults, read_form, xform_of
from tests.factories import surveys as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


@pytest.mark.usefixtures("reads_here")
def test_a_good_workbook_becomes_a_form_and_an_xform(tmp_path: Path) -> None:
    form, faults, raw = read_form(make.craft_workbook(tmp_path), "craft.xlsx")
    assert [fault for fault in faults if fault.heavy] == []
    assert (form.code, form.version, [step.name for step in form.steps]) == (
        "craft",
        "1",
        ["who", "where", "works", "end"],
    )
    assert form.placed["full_name"].item.field == "name"
    assert 'nodeset="/craft/who/full_name"' in xform_of(raw) or 'nodeset="/data/who/full_name"' in xform_of(raw)


@pytest.mark.usefixtures("reads_here")
def test_faults_name_the_row_of_the_workbook(tmp_path: Path) -> None:
    rows = [*make.CRAFT, ("text", "x", "X", "${nobody} = 1")]
    _form, faults, _raw = read_form(make.craft_workbook(tmp_path, survey=rows), "craft.xlsx")
    assert [(fault.code, fault.line) for fault in faults if fault.heavy] == [("unknown_question", 20)]
    assert "nobody" in str(faults[0])


def test_what_pyxform_refuses_is_told_with_its_row() -> None:
    told = make.sheets([("text", "a", "A"), ("text", "b", "B", "${nobody} = 1")])
    assert [(fault.code, fault.sheet, fault.line) for fault in pyxform_faults(told)] == [("pyxform", "survey", 3)]


@pytest.mark.long
def test_hostile_files_are_faults(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 90_000_000)
    text = tmp_path / "list.xlsx"
    text.write_bytes(b"type,name\ntext,a\n")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    for path in (bomb, text, broken):
        form, faults, raw = read_form(path, path.name)
        assert (faults[0].code in {"file", "no_survey"}, form.items, raw) == (True, (), {})
        assert str(faults[0])


SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "surveys"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="no Java on this machine")
@pytest.mark.usefixtures("reads_here")
@pytest.mark.parametrize("which", ["craft", "mn", "ee"])
def test_odk_validate_takes_the_form(which: str, tmp_path: Path) -> None:
    from pyxform.validators.odk_validate import ODK_VALIDATE_PATH

    path = make.craft_workbook(tmp_path) if which == "craft" else SAMPLES / which / "makers.xlsx"
    _form, faults, raw = read_form(path, path.name)
    assert [fault for fault in faults if fault.heavy] == []
    xform = tmp_path / "form.xml"
    xform.write_text(xform_of(raw), encoding="utf-8")
    told = subprocess.run(["java", "-jar", ODK_VALIDATE_PATH, str(xform)], capture_output=True, text=True, timeout=120)
    assert (told.returncode, "Xform is valid" in told.stderr + told.stdout) == (0, True)
