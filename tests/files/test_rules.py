"""Names of files as people may see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.files.rules import LONGEST, document_kind, tidy_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("list.csv", "list.csv"),
        ("Уран бүтээлчид 2026.xlsx", "Уран бүтээлчид 2026.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\list.xls", "list.xls"),
        ("a\x00b\r\nc.csv", "abc.csv"),
        ("evil\u202excod.exe", "evilxcod.exe"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_a_name_becomes_harmless(given_name: str, kept: str) -> None:
    assert tidy_name(given_name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = tidy_name("ө" * 500 + ".xlsx")
    assert len(kept) == LONGEST
    assert kept.endswith("ө.xlsx")


@given(st.text(max_size=400))
def test_whatever_comes_the_name_fits_and_holds_no_path(name: str) -> None:
    kept = tidy_name(name)
    assert 1 <= len(kept) <= LONGEST
    assert not set(kept) & set('/\\\x00\n\r"')
    assert tidy_name(kept) == kept


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
    assert document_kind(head) == kind
