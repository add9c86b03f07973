"""What goes in, what its tables of contents say, what is refused."""

from pathlib import PurePosixPath

import pytest

from soyol.backups import note
from soyol.backups.rules import (
    FORMAT,
    LEFT_OUT,
    About,
    Damaged,
    Kept,
    Manifest,
    Refused,
    Table,
    check_passphrase,
    differences,
    goes_in,
    is_safe_name,
    readable,
    unknown,
)
from soyol.files import plain
from soyol.lib import tenancy
from soyol.registry.actions.incremental import sealed_index
from soyol.registry.models import LinkageRun
from soyol.sources.queries import workroom

ABOUT = About("2026-11-27T09:00:00+00:00", "0.1.0", "mn", "sqlite", "3.53.4", {"jobs": ["0001_make_jobs"]})
DATABASE = PurePosixPath("soyol.sqlite3")


@pytest.mark.parametrize(
    "name", ["keys.json", "files/01/abc", "mail/letter.log", "audit-anchors.jsonl", "a-folder-of-next-year/file"]
)
def test_whatever_is_not_named_goes_in(name: str) -> None:
    assert goes_in(PurePosixPath(name), DATABASE)


@pytest.mark.parametrize(
    "name",
    [
        *("static/a.css", "work/1-x/rows", "index/run-1.sealed", "up.lock", ".pack-mn", "files/01/abc.part"),
        *("soyol.sqlite3", "soyol.sqlite3-wal", "soyol.sqlite3-shm", "restored.json"),
    ],
)
def test_what_passes_or_is_made_again_stays_out(name: str) -> None:
    assert not goes_in(PurePosixPath(name), DATABASE)


def test_the_names_of_passing_folders_are_those_of_who_makes_them() -> None:
    folders = {plain.folder().name, workroom.folder().name, sealed_index(LinkageRun(pk=1)).parent.name}
    assert folders | {tenancy.SITE, tenancy.PROCESS, note.NAME} <= set(LEFT_OUT)


@pytest.mark.parametrize("name", ["place/keys.json", "place/files/01/a", "database/000001.sql"])
def test_names_of_a_backup_are_safe(name: str) -> None:
    assert is_safe_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "place/../keys.json",
        "place",
        "place/",
        "place//a",
        "place/./a",
        "other/a",
        "place/a\\b",
        "",
        "place/a\0",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert not is_safe_name(name)


def test_tables_of_contents_come_back_as_they_were() -> None:
    manifest = Manifest({"place/a": Kept(1, "aa")}, {"t": Table(2, "bb")}, ["something"])
    assert About.from_bytes(ABOUT.to_bytes()) == ABOUT
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest
    assert manifest.size == 1


def test_a_newer_format_names_the_version_that_can_read_it() -> None:
    newer = ABOUT.to_bytes().replace(b'"format": 1', b'"format": 2').replace(b'"0.1.0"', b'"2.0.0"')
    with pytest.raises(Refused, match=f"has format 2; this Soyol reads up to {FORMAT}") as refused:
        About.from_bytes(newer)
    assert refused.value.way_out == "Restore it with Soyol 2.0.0 or newer."


@pytest.mark.parametrize("told", [b"", b"[]", b'{"format": 1}', b'{"members": 3, "tables": {}, "doubts": []}'])
def test_other_contents_are_refused(told: bytes) -> None:
    for kind in (About, Manifest):
        with pytest.raises(Damaged, match="not one of Soyol's"):
            kind.from_bytes(told)


def test_steps_of_the_database_that_only_newer_software_has_are_named() -> None:
    told = {"jobs": ["0001_make_jobs", "0002_later"], "works": ["0001_make"]}
    assert unknown(told, [("jobs", "0001_make_jobs")]) == ["jobs.0002_later", "works.0001_make"]
    assert unknown(told, [("jobs", "0001_make_jobs"), ("jobs", "0002_later"), ("works", "0001_make")]) == []


def test_tables_that_differ_are_told_in_words() -> None:
    same = Table(1, "aa")
    assert differences({"a": same}, {"a": same}) == []
    assert differences({"a": same, "b": same}, {"b": Table(3, "bb"), "c": same}) == [
        "the table a is missing",
        "the table c was not in the backup",
        "the table b differs: 1 rows were kept, 3 are there",
    ]


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="the passphrase has 11 signs; 12 is the least"):
        check_passphrase("elevensigns")
    assert check_passphrase("twelve signs") == "twelve signs"


@pytest.mark.parametrize(
    ("size", "said"), [(831, "831 bytes"), (12_400_000, "12 MB"), (999_000_000, "999 MB"), (2_140_000_000, "2.1 GB")]
)
def test_sizes_are_readable(size: int, said: str) -> None:
    assert readable(size) == said
