"""A key that another process adds seals here soon; whatever happens to the file, what there is can be read."""

import time
from pathlib import Path

import pytest
from django.conf import settings

from soyol.fields import keys
from soyol.lib.sealing import KeyRing


def test_a_key_that_is_added_elsewhere_seals_here_and_what_was_sealed_still_opens(own_keys: Path) -> None:
    before = keys.ring()
    sealed = before.seal(b"said", "tests")
    KeyRing.load(own_keys).rotated().save(own_keys)
    after = keys.ring()
    assert after.current != before.current
    assert after.open(sealed, "tests") == b"said"
    assert after.blind_index("99", "tests") == before.blind_index("99", "tests")


def test_a_key_that_is_added_here_seals_at_once_and_is_kept_in_the_file(own_keys: Path) -> None:
    before = keys.ring()
    added = keys.add_key()
    assert added.current not in before.keys
    assert (keys.ring(), KeyRing.load(own_keys)) == (added, added)


def test_between_two_looks_the_file_is_not_touched(own_keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys.ring()
    monkeypatch.setattr(keys, "LOOK_AGAIN", 60.0)
    KeyRing.load(own_keys).rotated().save(own_keys)
    assert keys.ring() is before
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert keys.ring().current != before.current


@pytest.mark.parametrize("content", [None, b"junk"], ids=["gone", "junk"])
def test_a_file_that_cannot_be_read_changes_nothing(own_keys: Path, content: bytes | None) -> None:
    before = keys.ring()
    own_keys.unlink()
    if content is not None:
        own_keys.write_bytes(content)
        own_keys.chmod(0o600)
    assert keys.ring() == before
    KeyRing.load(settings.SOYOL_DATA / "keys.json").rotated().save(own_keys)
    assert keys.ring().current != before.current
