"""Sealed values open only unchanged, in their own context, with their own key."""

import io
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.sealing import PIECE, KeyRing, SealError

RING = KeyRing.generate()


@given(st.binary(max_size=200), st.text(max_size=30))
def test_a_sealed_value_opens_in_its_context(plain, context):
    sealed = RING.seal(plain, context)
    assert RING.open(sealed, context) == plain
    assert len(sealed) == len(plain) + 33


@given(st.binary(min_size=1, max_size=60), st.data())
def test_a_changed_byte_is_noticed(plain, data):
    sealed = bytearray(RING.seal(plain, "a"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealError):
        RING.open(bytes(sealed), "a")


def test_another_context_does_not_open():
    with pytest.raises(SealError, match="other than 'b'"):
        RING.open(RING.seal(b"x", "a"), "b")


def test_the_same_value_is_sealed_differently_each_time():
    assert RING.seal(b"x", "a") != RING.seal(b"x", "a")


def test_rotation_keeps_old_values_readable_and_indexes_equal():
    turned = RING.rotated()
    old = RING.seal(b"x", "a")
    assert turned.open(old, "a") == b"x"
    assert turned.needs_resealing(old)
    assert not turned.needs_resealing(turned.seal(b"x", "a"))
    assert turned.blind_index("x", "p") == RING.blind_index("x", "p")
    assert turned.derive("p") == RING.derive("p")


def test_a_value_under_an_unknown_key_names_the_key():
    turned = RING.rotated()
    with pytest.raises(SealError, match=turned.current):
        RING.open(turned.seal(b"x", "a"), "a")


def test_blind_index_tells_purposes_and_rings_apart():
    other = KeyRing.generate()
    seen = {
        RING.blind_index("ab", "c"),
        RING.blind_index("b", "ca"),
        RING.blind_index("ab", "d"),
        other.blind_index("ab", "c"),
    }
    assert len(seen) == 4
    assert RING.derive("p") != RING.derive("q")


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
def test_a_file_opens_whole(size):
    plain, sealed = os.urandom(size), io.BytesIO()
    counted, digest = RING.seal_file(io.BytesIO(plain), sealed, "file 1")
    sealed.seek(0)
    assert b"".join(RING.open_file(sealed, "file 1")) == plain
    assert counted == size
    assert len(digest) == 64


@pytest.mark.parametrize("cut", [1, 16, PIECE + 16, PIECE + 17])
def test_a_file_cut_short_is_noticed(cut):
    sealed = io.BytesIO()
    RING.seal_file(io.BytesIO(bytes(2 * PIECE)), sealed, "f")
    shortened = io.BytesIO(sealed.getvalue()[:-cut])
    with pytest.raises(SealError, match="cut short"):
        list(RING.open_file(shortened, "f"))


def test_pieces_of_a_file_cannot_be_swapped_or_moved_to_another_file():
    sealed = io.BytesIO()
    RING.seal_file(io.BytesIO(os.urandom(3 * PIECE)), sealed, "f")
    content, head, piece = sealed.getvalue(), 27, PIECE + 16
    swapped = content[:head] + content[head + piece : head + 2 * piece] + content[head : head + piece]
    swapped += content[head + 2 * piece :]
    with pytest.raises(SealError):
        list(RING.open_file(io.BytesIO(swapped), "f"))
    with pytest.raises(SealError):
        list(RING.open_file(io.BytesIO(content), "g"))


def test_the_key_file_is_private_and_read_back(tmp_path):
    path = tmp_path / "deep" / "keys.json"
    ring = KeyRing.load_or_create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyRing.load_or_create(path) == ring
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]
    ring.rotated().save(path)
    assert len(KeyRing.load(path).keys) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "keys.json"
    KeyRing.load_or_create(path)
    path.chmod(0o640)
    with pytest.raises(SealError, match="chmod 600"):
        KeyRing.load(path)


@pytest.mark.parametrize(
    "content", ["", "{}", '{"keys": {"a": "?"}}', "[1]", '{"current": "a", "keys": {}, "root": ""}']
)
def test_a_broken_key_file_is_refused_with_the_way_out(tmp_path, content):
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SealError, match="backup"):
        KeyRing.load(path)


def test_the_ring_does_not_print_its_keys():
    assert repr(RING) == f"KeyRing(current='{RING.current}')"


@pytest.mark.parametrize("size", [0, 1, PIECE, 2 * PIECE + 5])
def test_a_file_goes_over_to_a_new_key_and_stays_bound_to_its_context(size):
    plain, sealed, anew = os.urandom(size), io.BytesIO(), io.BytesIO()
    told = RING.seal_file(io.BytesIO(plain), sealed, "file 1")
    turned = RING.rotated()
    sealed.seek(0)
    assert turned.file_needs_resealing(sealed)
    sealed.seek(0)
    assert turned.reseal_file(sealed, anew, "file 1") == told
    anew.seek(0)
    assert not turned.file_needs_resealing(anew)
    anew.seek(0)
    assert b"".join(turned.open_file(anew, "file 1")) == plain
    anew.seek(0)
    with pytest.raises(SealError):
        b"".join(turned.open_file(anew, "file 2"))


def test_a_file_that_was_cut_does_not_go_over():
    sealed = io.BytesIO()
    RING.seal_file(io.BytesIO(os.urandom(2 * PIECE)), sealed, "file 1")
    with pytest.raises(SealError):
        RING.rotated().reseal_file(io.BytesIO(sealed.getvalue()[:-20]), io.BytesIO(), "file 1")
