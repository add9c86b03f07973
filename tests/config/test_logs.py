"""Logs hold no values of persons."""

import json
import logging

import pytest

from config.logs import JsonLines, masked, request_number


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("mail to bat@example.org failed", "mail to …@… failed"),
        ("number УБ99112233 is taken", "number … is taken"),
        ("phone +976 9911 2233 rang", "phone … rang"),
        ("Not Found: /enter/aB3-x_9/", "Not Found: /enter/…/"),
        ("Gone: /accounts/invitation/aB3-x_9/", "Gone: /accounts/invitation/…/"),
        ("Gone: /accounts/recover/aB3-x_9/", "Gone: /accounts/recover/…/"),
        ("Gone: /me/take-over/aB3-x_9/", "Gone: /me/take-over/…/"),
        ("Unprocessable Entity: /surveys/craft/aB3-x_9/page/who/", "Unprocessable Entity: /surveys/craft/…/page/who/"),
        ("Not Found: /letters/still/0123456789abcdef/", "Not Found: /letters/still/…/"),
        ("Not Found: /letters/end/12-0123456789abcdef/", "Not Found: /letters/end/…/"),
        ("Not Found: /certificates/0123456789ABCDEFGHJKMNPQRS/", "Not Found: /certificates/…/"),
        ("Not Found: /desk/certificates/C-0000001-Y/sheet/", "Not Found: /desk/certificates/C-0000001-Y/sheet/"),
        ("Not Found: /desk/surveys/craft/close/", "Not Found: /desk/surveys/craft/close/"),
        ("job 12345 took 3.5 s", "job 12345 took 3.5 s"),
        ("at 2026-11-22", "at 2026-11-22"),
    ],
)
def test_what_looks_like_a_person_is_blotted_out(message: str, shown: str) -> None:
    assert masked(message) == shown


def _line(record: logging.LogRecord) -> dict[str, object]:
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def _record(**more: object) -> logging.LogRecord:
    record = logging.LogRecord("soyol.tests", logging.WARNING, __file__, 1, "said %s", ("a@b.mn",), None)
    record.__dict__.update(more)
    return record


def test_a_line_is_json_with_the_request_and_allowed_extras_only() -> None:
    mark = request_number.set("abc123")
    try:
        line = _line(_record(job=7, name_of_person="Бат"))
    finally:
        request_number.reset(mark)
    assert line.pop("time")
    assert line == {"level": "warning", "logger": "soyol.tests", "message": "said …@…", "request": "abc123", "job": 7}


def test_of_a_fault_only_its_kind_and_place_are_told() -> None:
    try:
        raise ValueError("УБ99112233")
    except ValueError as fault:
        line = _line(_record(exc_info=(ValueError, fault, fault.__traceback__)))
    assert line["error"] == "ValueError"
    assert "test_logs.py" in str(line["at"])
    assert "99112233" not in json.dumps(line, ensure_ascii=False)
