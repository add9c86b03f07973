"""What a file is, by its first bytes."""

import pytest

from soyol.rights.rules import kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"<html><script>", ""),
        (b"GIF89a", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_three_kinds_of_files_are_taken(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind
