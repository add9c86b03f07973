"""The command line of the site."""

import pytest

from config import manage, place


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        (["verify-audit"], ["verify_audit"]),
        (["verify_audit", "--no-color"], ["verify_audit", "--no-color"]),
        (["backup", "a-file-with-hyphens"], ["backup", "a-file-with-hyphens"]),
        (["--help"], ["--help"]),
        ([], []),
    ],
)
def test_a_command_may_be_typed_with_hyphens(typed: list[str], run: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(place, "enter", lambda **_told: None)
    monkeypatch.setattr("django.core.management.execute_from_command_line", told.append)
    manage.main(typed)
    assert told == [["soyol manage", *run]]
