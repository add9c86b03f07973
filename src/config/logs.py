"""Logs as lines of JSON, without values of persons.

A message is our own sentence; whatever was put into it is masked where it looks like an address, a number of
a person or a phone. Of an exception only its kind and where it happened are written: its text may quote values.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

#: Number of the request that is being answered; shown on error pages so that its lines can be found.
request_number: ContextVar[str] = ContextVar("request_number", default="")

_EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_LONG_NUMBER = re.compile(r"(?<![0-9a-f-])[^\W\d_]{0,3}\+?\d[\d ]{6,}\d(?![0-9a-f-])", re.IGNORECASE)
_ONE_TIME_LINK = re.compile(
    r"(/(?:enter|invitation|recover|key|me/take-over|letters/(?:end|still))/|(?<!/desk)/(?:surveys/[^/\s]+|certificates)/)[^/\s]+"
)
#: What callers may add by ``extra=``: codes, counts and numbers of rows, never values.
ALLOWED = ("event", "job", "job_kind", "code", "count", "seconds", "status", "route")


def masked(message: str) -> str:
    """``message`` with e-mail addresses, long numbers and secret parts of addresses blotted out."""
    message = _ONE_TIME_LINK.sub(r"\1…", message)
    return _LONG_NUMBER.sub("…", _EMAIL.sub("…@…", message))


def _short(path: str) -> str:
    """A path below our sources or a library's folder, without where this machine keeps them."""
    return path.rpartition("/site-packages/")[2].rpartition("/src/")[2]


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request, and the allowed extras."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if number := request_number.get():
            line["request"] = number
        line |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] and record.exc_info[1]:
            line["error"] = record.exc_info[0].__name__
            line["at"] = [
                f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-12:]
            ]
        return json.dumps(line, ensure_ascii=False, default=str)
