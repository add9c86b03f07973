"""The form of action codes and the arithmetic of the chain."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

#: app.noun.verb, such as "sources.batch.import".
ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
#: Digest before the first entry.
START = "0" * 64


def canonical(detail: Any) -> str:
    """One JSON text for one value, whatever engine keeps it: sorted keys, no spaces, NUL escaped."""
    return json.dumps(detail, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def digest(previous: str, values: Sequence[Any]) -> str:
    """SHA-256 over the digest before and the stored values of one entry (bytes as hex, times as UTC)."""
    return hashlib.sha256(canonical([previous, *map(_plain, values)]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.hex() if isinstance(value, bytes | memoryview) else value
