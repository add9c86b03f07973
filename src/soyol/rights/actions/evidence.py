"""Taking in files that prove something."""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from soyol.audit import By
from soyol.files import actions as files
from soyol.files.rules import DOCUMENT_BYTES, document_kind
from soyol.rights.models import Evidence, Request
from soyol.rights.rules import MOST_FILES, Refused

#: Enough of a file to tell what it is.
HEAD = 16


class Sent(NamedTuple):
    """One file as it was sent."""

    name: str
    content: BinaryIO
    size: int


def tidy_evidence(sent: Sequence[Sent]) -> list[str]:
    """The type of each file; Refused for what is not taken. Nothing is kept yet."""
    if len(sent) > MOST_FILES:
        raise Refused("evidence_many", n=len(sent), most=MOST_FILES)
    return [_kind(each) for each in sent]


def keep_evidence(by: By, request: Request, sent: Sequence[Sent], kinds: Sequence[str]) -> None:
    """Keep the files, sealed, with the request; in the caller's transaction."""
    for each, kind in zip(sent, kinds, strict=True):
        stored = files.keep(by=by, name=each.name, content=each.content, personal=True)
        Evidence.objects.create(request=request, file=stored, content_type=kind)


def _kind(sent: Sent) -> str:
    if sent.size > DOCUMENT_BYTES:
        raise Refused("evidence_large", name=sent.name, most=DOCUMENT_BYTES // (1024 * 1024))
    sent.content.seek(0)
    kind = document_kind(sent.content.read(HEAD))
    sent.content.seek(0)
    if not kind:
        raise Refused("evidence_kind", name=sent.name)
    return kind
