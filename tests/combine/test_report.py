"""The report page."""

import re

import polars as pl
import pytest

from soyol.combine import report
from soyol.combine.outcome import SourceOutcome

SOURCES = (
    SourceOutcome(
        "film", "film.xlsx", 2, 1, 0,
        sheets=({"name": "Гишүүд", "columns": ({"heading": "Нэр<b>", "field": "name", "confidence": 0.97},)},),
    ),
    SourceOutcome("circus", "circus.csv", 2, 0, 1),
    SourceOutcome("broken", "broken.xlsx", refused=("intake.encrypted", {})),
)  # fmt: skip


def figures(names: tuple[str, str, str] = ("Бат", "Сараа", "<script>")) -> report.Figures:
    registry = pl.DataFrame({
        "entity_id": [1, 2, 3], "kind": ["person", "person", "organisation"], "name": names, "row_count": [2, 1, 1],
        "rows": ["film:1 | circus:1", "film:2", "circus:2"], "birth_date": ["1971", None, None],
        **{field: [None, None, None] for field in report.figures.SHOWN_FIELDS if field not in {"name", "birth_date"}},
    })  # fmt: skip
    return report.figures_of(
        sources=SOURCES,
        registry=registry,
        shares=pl.DataFrame({"source": ["film", "film", "circus", "circus"], "entity_id": [1, 2, 1, 3]}),
        pairs=pl.DataFrame({"probability": [0.999, 0.42], "decision": ["merge", "review"]}),
        review=pl.DataFrame(
            {
                "name_a": ["Сараа"],
                "source_a": ["film"],
                "row_a": [2],
                "name_b": [names[2]],
                "source_b": ["circus"],
                "row_b": [2],
                "probability": [0.42],
                "reasons_mn": ["утас ижил"],
                "reasons_en": ["same phone"],
            }
        ),
        review_pairs=1,
        problems=pl.DataFrame(schema={"problem": pl.String, "params": pl.String}),
        thresholds={"persons": {"merge": 0.95, "ask": 0.05}},
    )


def test_figures_are_counted_from_the_tables() -> None:
    counted = figures()
    assert (counted.records, counted.entities, counted.merged_pairs, counted.review_pairs) == (4, 3, 1, 1)
    assert counted.kinds == (("person", 3, 2), ("organisation", 1, 1))
    assert counted.sizes == ((1, 2), (2, 1))
    assert counted.shared[("circus", "film")] == 1
    assert dict(counted.filled)["birth_date"] == pytest.approx(1 / 3)
    assert counted.probabilities[4] == (0.4, 1)
    assert counted.probabilities[9] == (0.9, 1)


@pytest.mark.parametrize("lang", ["mn", "en"])
def test_page_has_both_languages_and_opens_in_the_one_asked_for(lang: str) -> None:
    made = report.page(figures(), lang=lang, version="1")
    assert f'id="to-{lang}" checked' in made
    assert 'lang="mn" data-language="mn"' in made
    assert 'lang="en" data-language="en"' in made
    assert "утас ижил" in made
    assert "same phone" in made


def test_page_names_nothing_outside_itself() -> None:
    made = report.page(figures(), lang="en", version="1")
    assert not re.findall(r"(?:https?:)?//|@import|url\(|<script|<link|<img|\ssrc=", made)


def test_names_from_lists_are_text_and_never_markup() -> None:
    made = report.page(figures(), lang="en", version="1")
    assert "&lt;script&gt;" in made
    assert "Нэр&lt;b&gt;" in made


def test_no_pairs_and_no_problems_are_said_in_words() -> None:
    made = report.page(figures(), lang="en", version="1")
    assert "Nothing was found wrong." in made


@pytest.mark.parametrize(("lang", "words"), [("en", "not read"), ("mn", "уншсангүй")])
def test_a_refused_file_is_named(lang: str, words: str) -> None:
    assert words in report.page(figures(), lang=lang, version="1")
