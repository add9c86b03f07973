"""What whoever holds the entry wrote about it themselves, and what was certified of it."""

import base64
from collections.abc import Collection
from typing import Any

from soyol.certificates.models import Certificate
from soyol.files.queries import plain_pieces
from soyol.profiles.models import Earlier, Photo, Profile


def profiles(leads: Collection[int], *, pictures: bool) -> list[dict[str, Any]]:
    """Own words, links, contacts and photograph, with what stood there before; ``pictures``: the picture itself too."""
    found = (
        Profile.rows().filter(actor__in=leads).select_related("photo__large").prefetch_related("earlier").order_by("pk")
    )
    return [
        {
            **_content(each.content),
            "written_at": each.written_at.isoformat(),
            "hidden_at": each.hidden_at.isoformat() if each.hidden_at else None,
            "why_hidden": each.hidden_reason,
            "photo": _photo(each.picture, pictures=pictures) if each.picture else None,
            "earlier": [_earlier(former) for former in each.earlier.all()],
        }
        for each in found
    ]


def _content(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told.get(name) for name in ("words", "links", "contacts")}


def _earlier(former: Earlier) -> dict[str, Any]:
    return {**_content(former.content), "written_at": former.written_at.isoformat()}


def _photo(photo: Photo, *, pictures: bool) -> dict[str, Any]:
    told = {
        "shows": dict(photo.alt),
        "credit": photo.credit,
        "width": photo.width,
        "height": photo.height,
        "confirmed_at": photo.confirmed_at.isoformat(),
    }
    if pictures and photo.large.forgotten_at is None:
        told["jpeg_base64"] = base64.b64encode(b"".join(plain_pieces(photo.large))).decode()
    return told


def certificates(leads: Collection[int]) -> list[dict[str, Any]]:
    """Certificates with what they say; the office that issued one, and never the officer."""
    return [
        {
            "number": each.number,
            "issued_at": each.issued_at.isoformat(),
            "valid_from": each.valid_from.isoformat(),
            "valid_until": each.valid_until.isoformat(),
            "office": each.office,
            "revoked_at": each.revoked_at.isoformat() if each.revoked_at else None,
            "why_revoked": each.why or "",
            "replaced_at": each.replaced_at.isoformat() if each.replaced_at else None,
            "says": each.facts,
        }
        for each in Certificate.objects.filter(actor__in=leads).order_by("pk")
    ]
