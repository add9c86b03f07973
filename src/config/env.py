"""Reading settings from the environment.

Every variable is read by a typed function that names, when it refuses, the variable, the bad value and the
accepted ones. What was read is remembered, so that ``docs/reference/settings.md`` can be held to the code.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from soyol.lib.periods import ACCEPTED, Period, PeriodError

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


class BadSetting(Exception):
    """A variable has a value that is not accepted; the message says which, what and what would be."""

    def __init__(self, name: str, value: str, accepted: str) -> None:
        super().__init__(f"{name}={value!r} is not accepted; accepted: {accepted}")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable as it was declared: its name, what it accepts and what counts when it is absent."""

    name: str
    accepted: str
    default: str


_known: dict[str, Variable] = {}


def known() -> list[Variable]:
    """All variables declared so far, by name."""
    return sorted(_known.values(), key=lambda variable: variable.name)


def _read(name: str, accepted: str, default: object) -> str | None:
    _known[name] = Variable(name, accepted, "" if default is None else str(default))
    value = os.environ.get(name, "").strip()
    return value or None


def text(name: str, default: str = "") -> str:
    """A text; empty counts as absent."""
    value = _read(name, "text", default)
    return default if value is None else value


def mail_address(name: str) -> str:
    """An e-mail address, or "" for none."""
    accepted = "an e-mail address"
    value = _read(name, accepted, "") or ""
    if value and not re.fullmatch(r"[^@\s<>\"']+@[^@\s<>\"']+", value):
        raise BadSetting(name, value, accepted)
    return value


def boolean(name: str, *, default: bool) -> bool:
    """One of 1, true, yes, on, 0, false, no, off."""
    accepted = ", ".join((*TRUE, *FALSE))
    value = _read(name, accepted, "1" if default else "0")
    if value is None:
        return default
    if value.lower() not in TRUE + FALSE:
        raise BadSetting(name, value, accepted)
    return value.lower() in TRUE


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    accepted = f"a whole number from {least} to {most}"
    value = _read(name, accepted, default)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise BadSetting(name, value, accepted)
    return int(value)


def choice(name: str, default: str, accepted: Sequence[str]) -> str:
    """One of ``accepted``."""
    value = _read(name, ", ".join(accepted), default)
    if value is None:
        return default
    if value not in accepted:
        raise BadSetting(name, value, ", ".join(accepted))
    return value


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """A list separated by commas."""
    value = _read(name, "a list separated by commas", ",".join(default))
    return list(default) if value is None else [word.strip() for word in value.split(",") if word.strip()]


def periods(name: str, default: Mapping[str, Period]) -> dict[str, Period]:
    """How long things are kept: ``app.what=P24M``, separated by commas; what is not named stays as ``default`` says."""
    known = ", ".join(sorted(default))
    accepted = f"pairs such as jobs.job=P6M, separated by commas, of {known}; each {ACCEPTED}"
    value = _read(name, accepted, "")
    told = dict(default)
    for pair in (value or "").split(","):
        code, _equals, text = (part.strip() for part in pair.partition("="))
        if not pair.strip():
            continue
        try:
            told[code] = Period.of(text)
        except PeriodError:
            raise BadSetting(name, pair.strip(), accepted) from None
        if code not in default:
            raise BadSetting(name, pair.strip(), accepted)
    return told


def folder(name: str, default: Path, *, shown: str) -> Path:
    """A directory, made absolute; ``shown`` is how documentation writes the default."""
    value = _read(name, "a directory", shown)
    return (default if value is None else Path(value).expanduser()).resolve()


def origin(name: str, default: str) -> str:
    """Scheme, host and port of the site, such as https://soyol.example."""
    accepted = "an origin such as https://soyol.example or http://localhost:8000"
    value = _read(name, accepted, default) or default
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise BadSetting(name, value, accepted)
    return f"{parts.scheme}://{parts.netloc}"


def secure_origin(name: str, default: str) -> str:
    """Scheme, host and port of a server that gets a secret: https, or http to this machine itself."""
    accepted = "an https origin such as https://sso.example, or http to 127.0.0.1, ::1 or localhost"
    value = _read(name, accepted, default) or default
    parts = urlsplit(value)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
    plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    if not parts.hostname or not plain or not (parts.scheme == "https" or here):
        # The value may hold a secret: only its scheme is repeated.
        raise BadSetting(name, f"{parts.scheme}://…", accepted)
    return f"{parts.scheme}://{parts.netloc}"


def needed_text(name: str, *, needed: bool) -> str:
    """A text that must not be absent where it is ``needed``; it is never repeated."""
    value = _read(name, "text", "")
    if value is None and needed:
        raise BadSetting(name, "", "a text")
    return value or ""


def gateway(name: str, *, needed: bool) -> str:
    """An address that is called with a secret: https, or http to this machine itself; "" where it may be absent."""
    accepted = "an https address such as https://sms.example/send, or http to 127.0.0.1, ::1 or localhost"
    value = _read(name, accepted, "")
    if value is None:
        if needed:
            raise BadSetting(name, "", accepted)
        return ""
    parts = urlsplit(value)
    here = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if not parts.hostname or parts.username or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
        # The value may hold a secret: only its scheme is repeated.
        raise BadSetting(name, f"{parts.scheme}://…", accepted)
    return value


#: Django's own backend, whose writers wait in line.
_SQLITE = "config.backends.sqlite3"


def database(name: str, sqlite_file: Path) -> dict[str, Any]:
    """The engine, name, user, password, host and port of ``postgres://…``; SQLite in ``sqlite_file`` when absent."""
    accepted = "postgres://user:password@host:port/name or sqlite:///path"  # pragma: allowlist secret
    value = _read(name, accepted, "sqlite:///$SOYOL_DATA/soyol.sqlite3")
    if value is None:
        return {"ENGINE": _SQLITE, "NAME": sqlite_file}
    parts = urlsplit(value)
    if parts.scheme == "sqlite" and len(parts.path) > 1:
        return {"ENGINE": _SQLITE, "NAME": Path(unquote(parts.path[1:]))}
    if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < 2:
        # The value may hold a password: only its scheme is repeated.
        raise BadSetting(name, f"{parts.scheme}://…", accepted)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
