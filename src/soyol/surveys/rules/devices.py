"""Answers that were written on a device without a network: whose id they carry, and on which day they were given."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from soyol.surveys.rules.filling import MOST_ROUNDS
from soyol.surveys.rules.forms import Form

#: For how long answers by a version that is no longer asked are taken from devices.
LATE = dt.timedelta(days=90)
#: Signs of a secret of a device: 32 bytes in hexadecimal.
SECRET_SIGNS = 64


def instance_of(secret: str) -> str:
    """The id that belongs to a secret. Whoever has the secret can show that the id is theirs; nobody can go back.

    >>> instance_of("00" * 32)
    '66687aad-f862-8d77-ac8f-c18b8e9f8e20'
    """
    told = bytearray(hashlib.sha256(bytes.fromhex(secret)).digest()[:16])
    told[6], told[8] = told[6] & 0x0F | 0x80, told[8] & 0x3F | 0x80  # RFC 9562, version 8
    return str(uuid.UUID(bytes=bytes(told)))


def is_secret(told: str) -> bool:
    """Whether a text can be a secret of a device."""
    return len(told) == SECRET_SIGNS and all(sign in "0123456789abcdef" for sign in told)


def given_on(edited: dt.date, asked_from: dt.date, today: dt.date) -> dt.date:
    """The day on which answers were given: what the device says, if its clock can be right."""
    return min(max(edited, asked_from), today)


def misshapen(form: Form, answers: Mapping[str, Any]) -> str:
    """The first name in answers that the form does not have there, or whose value is no text; "" where all is well."""
    for name, value in answers.items():
        placed = form.placed.get(name)
        if placed is None or placed.repeat:
            return name
        if placed.item.kind == "repeat":
            if wrong := _round_wrong(form, name, value):
                return wrong
        elif placed.item.kind != "question" or not isinstance(value, str):
            return name
    return ""


def _round_wrong(form: Form, repeat: str, rounds: Any) -> str:
    if not isinstance(rounds, list) or len(rounds) > MOST_ROUNDS:
        return repeat
    for each in rounds:
        if not isinstance(each, dict):
            return repeat
        for name, value in each.items():
            placed = form.placed.get(name)
            if placed is None or placed.repeat != repeat or not isinstance(value, str):
                return str(name)
    return ""
