"""Small questionnaires, as sheets and as forms."""

from collections.abc import Sequence

from soyol.surveys.rules import Fault, Form, Raw, compiled

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
    survey: Rows, choices: Rows = (), *, settings: Rows = (("craft", "1"),), **headings: Sequence[str]
) -> dict[str, Raw]:
    """The three sheets of a workbook."""
    return {
        "survey": sheet(headings.get("survey_heading", SURVEY), survey),
        "choices": sheet(headings.get("choices_heading", CHOICES), choices),
        "settings": sheet(headings.get("settings_heading", SETTINGS), settings),
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
