"""The question about columns at a terminal."""

import io
from pathlib import Path

import pytest

from soyol.combine.asking import confirm_columns
from soyol.combine.outcome import CombineError, ExitCode, SourceOutcome
from soyol.combine.pipeline import StagedSource
from soyol.intake import Reading

COLUMNS = (
    {"heading": "Phone", "field": "phone", "confidence": 1.0},
    {"heading": "X", "field": None, "confidence": 0.0},
)
STAGED = StagedSource(
    SourceOutcome("film", "film.csv", sheets=({"name": "A", "columns": COLUMNS},)), Reading("film", "film.csv", Path())
)


def ask(monkeypatch: pytest.MonkeyPatch, answer: str, lang: str = "en") -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    confirm_columns([STAGED], lang)


@pytest.mark.parametrize("answer", ["\n", "y\n", "тийм\n", ""])
def test_anything_but_no_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    ask(monkeypatch, answer)
    assert "film, sheet A: Phone → phone; X → not used" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "answer"), [("en", "n\n"), ("en", "No\n"), ("mn", "үгүй\n"), ("mn", "Ү\n")])
def test_no_in_the_language_of_the_question_stops_the_run(
    monkeypatch: pytest.MonkeyPatch, lang: str, answer: str
) -> None:
    with pytest.raises(CombineError) as stopped:
        ask(monkeypatch, answer, lang)
    assert (stopped.value.code, stopped.value.exit_code) == ("combine.not_confirmed", ExitCode.CANCELLED)
