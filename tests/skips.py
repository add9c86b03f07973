"""In CI every part is installed, so nothing is left out there but what is about the other database."""

import os
from collections.abc import Iterable

import pytest

DATABASES = ("SQLite", "PostgreSQL")


def refuse_in_ci(report: pytest.TestReport, reasons: Iterable[str]) -> None:
    """Turn a skip into a failure where CI is set; ``reasons`` are those of the test's own ``skipif`` marks."""
    about_the_other = any(database in reason for reason in reasons for database in DATABASES)
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") and not about_the_other:
        report.outcome, report.longrepr = "failed", f"skipped in CI: {report.longrepr}"
