"""What skips fails in CI, where every part is installed."""

import pytest

from tests import skips


def skipped() -> pytest.TestReport:
    return pytest.TestReport("a test", ("", 0, ""), {}, "skipped", ("file", 1, "Skipped: no such part"), "call")


@pytest.mark.parametrize(
    ("ci", "reasons", "outcome"),
    [
        ("", [], "skipped"),
        ("true", [], "failed"),
        ("true", ["needs strace"], "failed"),
        ("true", ["about PostgreSQL"], "skipped"),
        ("true", ["only SQLite knows INSERT OR REPLACE"], "skipped"),
    ],
)
def test_only_the_other_database_may_be_left_out_in_ci(
    ci: str, reasons: list[str], outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    report = skipped()
    skips.refuse_in_ci(report, reasons)
    assert report.outcome == outcome
    assert ("skipped in CI" in str(report.longrepr)) is (outcome == "failed")
