"""What a file is, by what is in it; its name is only believed where the content allows several readings."""

from pathlib import Path

from soyol.intake import encodings
from soyol.intake.problems import Refused

#: First bytes of things that people send by mistake, and what to call them.
OTHER = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
    b"\x00\x01\x00\x00Standard": "Access",
}
ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 65536


def detect(path: Path) -> str:
    """One of "zip", "ole", "parquet", "json" or "text"; refuses what is none of these."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise Refused("intake.empty_file")
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(OLE):
        return "ole"
    if head.startswith(b"PAR1"):
        return "parquet"
    for start, name in ARCHIVES.items():
        if head.startswith(start):
            raise Refused("intake.archive", kind=name)
    for start, name in OTHER.items():
        if head.startswith(start):
            raise Refused("intake.not_a_table", kind=name)
    return _text(head)


def _text(head: bytes) -> str:
    shown = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").lower()
    if shown.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<style", b"<div")):
        raise Refused("intake.web_page")
    if shown.startswith((b"<?xml", b"<workbook")):
        raise Refused("intake.web_page" if b"<html" in shown else "intake.xml_spreadsheet")
    if shown.startswith((b"{", b"[")):
        return "json"
    if binary(head):
        raise Refused("intake.unknown_format")
    return "text"


def binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding that lists come in.

    UTF-16 has a NUL in every second byte of Latin letters and signs, so NULs alone prove nothing; control signs
    other than those of line and page ends, at more than one in fifty, do. The capitals of Cyrillic are bytes of
    control signs in UTF-16; what reads well as such is text.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or encodings.wide(head):
        return False
    control = sum(head.count(bytes([sign])) for sign in range(1, 32) if sign not in b"\t\n\r\x0b\x0c\x1a\x1b")
    even, odd = head[::2].count(0), head[1::2].count(0)
    wide = max(even, odd) > 0.05 * len(head) and min(even, odd) < 0.2 * max(even, odd)
    if wide:
        # High bytes 0x04 of Cyrillic letters are control signs by themselves; they stand where the NULs stand.
        control -= max(head[::2].count(4), head[1::2].count(4))
    scattered = 0 if wide else even + odd
    return control + scattered // 8 > max(2, len(head) // 50)


def breaks_off(path: Path) -> bool:
    """Whether a compound file (OLE) ends before its own directory, or a ZIP without one.

    Where the directory of a compound file stands is said in its header: [MS-CFB] 2.2, sector size at byte 30, first
    sector of the directory at byte 48. That of a ZIP stands at its end.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(512)
        if head.startswith(OLE):
            sector = 1 << min(int.from_bytes(head[30:32], "little"), 16)
            return (int.from_bytes(head[48:52], "little") + 2) * sector > size
        file.seek(max(0, size - HEAD - 22))
        return b"PK\x05\x06" not in file.read()
