"""Small questionnaires, as sheets and as forms."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings

from soyol.audit import By
from soyol.places.models import Unit
from soyol.surveys import actions
from soyol.surveys.models import AnswerFile, FormVersion, Submission, Survey
from soyol.surveys.rules import Fault, Form, Raw, compiled
from tests.factories import answer_files
from tests.factories.country import written

BY = By.system("tests")
FIELDS = ("name", "kind", "phone", "email", "unit", "consent", "birth_date", "occupation", "note", "given_name")
SURVEY = (
    "type",
    "name",
    "label",
    "relevant",
    "constraint",
    "required",
    "calculation",
    "choice_filter",
    "field",
    "appearance",
    "default",
)
CHOICES = ("list_name", "name", "label", "province")
SETTINGS = ("form_id", "version")

Rows = Sequence[Sequence[str]]


def sheet(heading: Sequence[str], rows: Rows) -> Raw:
    """A sheet as it is read: heading, and rows with their numbers."""
    return heading, [(line, [*row, *[""] * (len(heading) - len(row))]) for line, row in enumerate(rows, start=2)]


def sheets(
    survey: Rows, choices: Rows = (), *, told: Rows = (("craft", "1"),), **headings: Sequence[str]
) -> dict[str, Raw]:
    """The three sheets of a workbook."""
    return {
        "survey": sheet(headings.get("survey_heading", SURVEY), survey),
        "choices": sheet(headings.get("choices_heading", CHOICES), choices),
        "settings": sheet(headings.get("settings_heading", SETTINGS), told),
    }


def made(survey: Rows, choices: Rows = (), **more: Sequence[str]) -> tuple[Form, list[Fault]]:
    """The form and its faults."""
    return compiled(sheets(survey, choices, **more), "en", FIELDS)


def form(survey: Rows, choices: Rows = (), **more: Sequence[str]) -> Form:
    """A form without faults that are heavy; a question for the name is added where none feeds it."""
    if not any(len(row) > 8 and row[8] == "name" for row in survey):
        survey = [*survey, ("text", "their_name", "Name", "", "", "", "", "", "name")]
    made_of, faults = made(survey, choices, **more)
    assert [fault for fault in faults if fault.heavy] == []
    return made_of


#: Two provinces with two districts each, and yes or no.
PLACES = (
    ("province", "p1", "First province"),
    ("province", "p2", "Second province"),
    ("district", "d11", "Near", "p1"),
    ("district", "d12", "Far", "p1"),
    ("district", "d21", "High", "p2"),
    ("yes_no", "yes", "Yes"),
    ("yes_no", "no", "No"),
)


#: A survey about makers: name and kind, phone, cascade of places, works in rounds, consent.
CRAFT: Rows = (
    ("begin_group", "who", "Who you are"),
    ("select_one kinds", "kind", "Are you", "", "", "yes", "", "", "kind"),
    ("text", "full_name", "Name", "", "", "yes", "", "", "name"),
    ("text", "phone", "Telephone", "", "", "", "", "", "phone"),
    ("date", "born", "Year of birth", "${kind} = 'person'", ". <= today()", "", "", "", "birth_date", "year"),
    ("end_group",),
    ("begin_group", "where", "Where"),
    ("select_one provinces", "province", "Province", "", "", "yes", "", "", "unit"),
    ("select_one districts", "district", "District", "", "", "", "", "province = ${province}", "unit"),
    ("end_group",),
    ("begin_repeat", "works", "Works"),
    ("text", "title", "What it is called", "", "", "yes"),
    ("integer", "year", "Year"),
    ("end_repeat",),
    ("begin_group", "end", "At the end"),
    ("note", "thanks", "Thank you"),
    ("select_one yes_no", "consent", "May your name be public?", "", "", "yes", "", "", "consent"),
    ("end_group",),
)


def craft_choices() -> Rows:
    """Choices of the craft survey, places from the small country of the tests."""
    units = Unit.objects.filter(level__in=(1, 2)).order_by("level", "sort_key")
    places = [
        ("provinces", unit.code, str(unit))
        if unit.level == 1
        else ("districts", unit.code, str(unit), str(unit.parent_id))
        for unit in units
    ]
    kinds = [("kinds", "person", "a person"), ("kinds", "organisation", "an organisation")]
    return [*kinds, *places, ("yes_no", "yes", "Yes"), ("yes_no", "no", "No")]


def workbook(path: Path, told: Mapping[str, Raw]) -> Path:
    """Write sheets as a workbook."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for name, (heading, rows) in told.items():
            page = book.add_worksheet(name)
            page.write_row(0, 0, heading)
            for line, cells in rows:
                page.write_row(line - 1, 0, cells)
    return path


def craft_workbook(folder: Path, version: str = "1", survey: Rows = CRAFT, name: str = "craft.xlsx") -> Path:
    """The craft survey as a workbook."""
    heading = tuple("soyol::field" if each == "field" else each for each in SURVEY)
    told = sheets(survey, craft_choices(), told=[("craft", version)], survey_heading=heading)
    return workbook(folder / name, told)


def a_survey(code: str = "craft", **more: Any) -> Survey:
    """A survey without a form."""
    titles = dict.fromkeys(dict(settings.LANGUAGES), "Craft")
    return actions.create_survey(by=BY, code=code, titles=titles, keeper="Tests", **more)


def an_open_version(folder: Path, *, survey: Survey | None = None, version: str = "1") -> FormVersion:
    """The craft survey, open for answers."""
    path = craft_workbook(folder, version)
    made, _faults = actions.add_version(by=BY, survey=survey or a_survey(), path=path, name=path.name)
    return actions.publish(by=BY, version=made)


def answers(**more: Any) -> dict[str, Any]:
    """Answers of one person that are right."""
    told = written()
    province, district = Unit.objects.filter(level=2).order_by("sort_key").values_list("parent_id", "pk")[0]
    given = {
        "kind": "person",
        "full_name": told.person,
        "phone": told.phone(7),
        "born": "1980-01-01",
        "province": province,
        "district": district,
        "works": [{"title": "Felt", "year": "2001"}, {"title": "Silver"}],
        "consent": "yes",
    }
    return {**given, **more}


def sent(version: FormVersion, **more: Any) -> Submission:
    """Answers that came through the public page."""
    draft, _token = actions.begin(by=By.public(), version=version)
    actions.save(draft=draft, answers=answers(**more))
    return actions.send(by=By.public(), draft=draft)


#: What an officer says of how answers came to them.
MANDATE = {"who": "Somebody from the street", "how": "came_in", "authority": "Order 12 of the office", "agreed": "yes"}


def a_file_of_answers(version: FormVersion, folder: Path) -> AnswerFile:
    """A file out of KoboToolbox with one set of answers, looked through and not taken in."""
    path = answer_files.kobo_json(folder / "answers.json", version.compiled, [("kobo-1", answers())])
    kept, _plan = actions.receive_answers(by=BY, survey=version.survey, version=version, path=path, name=path.name)
    return kept
