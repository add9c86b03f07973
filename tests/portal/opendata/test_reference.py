"""The reference page has every column, limit and rule as the code has them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from soyol.portal.opendata.columns import FIGURES, REGISTER, Column
from soyol.portal.opendata.describing import LICENCE
from soyol.portal.opendata.views import MOST, USUAL
from soyol.registry.queries.searching import FACETS

PAGE = (Path(__file__).resolve().parents[3] / "docs/reference/open-data.md").read_text(encoding="utf-8")


def _lines(columns: tuple[Column, ...]) -> str:
    with override("en"):
        return "\n".join(
            f"| `{column.code}` | {column.shape} | {'yes' if column.needed else ''} | {column.meaning()} |"
            for column in columns
        )


@pytest.mark.parametrize("columns", [REGISTER, FIGURES])
def test_page_tells_every_column(columns: tuple[Column, ...]) -> None:
    assert _lines(columns) in PAGE


def test_page_tells_limits_facets_and_licence() -> None:
    limits = settings.ACCOUNT_RATE_LIMITS
    told = [limits["open_question"].removesuffix("/ip"), limits["open_file"].removesuffix("/ip")]
    told += [
        " ".join(LICENCE["name"].rsplit("-", 1)).replace("-", " "),
        *(f"`{facet}`" for facet in FACETS),
        f"`limit` from 1 to {MOST} ({USUAL} if it is left out)",
    ]
    assert [text for text in told if text not in PAGE] == []
