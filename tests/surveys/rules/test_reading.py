from soyol.surveys.rules.reading import MOST_ROWS, read_sheets
from tests.factories.surveys import sheet


def test_headings_are_known_by_any_of_their_names() -> None:
    heading = ("Type", "NAME", "relevance", "readonly", "calculate", "bind::soyol:field", "label")
    raw = {" Survey ": sheet(heading, [("text", "a", "1=1", "yes", "2", "name", "A")])}
    told, faults = read_sheets(raw, "en")
    (row,) = told.survey
    assert faults == []
    assert (row.line, row.cells) == (
        2,
        {"type": "text", "name": "a", "relevant": "1=1", "read_only": "yes", "calculation": "2", "field": "name"},
    )
    assert row.words("label") == {"en": "A"}


def test_languages_stand_in_the_order_of_the_workbook_the_default_one_first() -> None:
    raw = {
        "survey": sheet(("type", "label::English (en)", "label::Eesti (et)", "hint::et"), [("text", "A", "B", "C")]),
        "settings": sheet(("form_id", "default_language"), [("f", "Eesti (et)")]),
    }
    told, _faults = read_sheets(raw, "en")
    assert told.languages == ("et", "en")
    assert (told.survey[0].words("label"), told.survey[0].words("hint")) == ({"en": "A", "et": "B"}, {"et": "C"})


def test_a_sheet_of_endless_rows_is_told_and_cut() -> None:
    rows = [("text", f"a{number}") for number in range(MOST_ROWS["survey"] + 5)]
    told, faults = read_sheets({"survey": sheet(("type", "name"), rows)}, "en")
    assert (len(told.survey), [fault.code for fault in faults]) == (MOST_ROWS["survey"], ["too_many"])
