"""What goes in comes out; what was changed, cut, lengthened or sealed with another passphrase does not."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib import parcels
from soyol.lib.parcels import Member, NoParcel, WrongPassphrase
from soyol.lib.sealing import PIECE, SealError

PASSPHRASE = "correct horse battery"
CONTENT = {"a": b"", "b/c": b"x" * 700_000, "é" * 150: b"tail"}


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "COST", 4)


def sealed(content: dict[str, bytes], passphrase: str = PASSPHRASE) -> bytes:
    to = io.BytesIO()
    parcels.seal((Member(name, len(held), [held], 7) for name, held in content.items()), to, passphrase)
    return to.getvalue()


def opened(content: bytes, passphrase: str = PASSPHRASE) -> dict[str, bytes]:
    return {each.name: each.content.read() for each in parcels.opened(io.BytesIO(content), passphrase)}


def test_what_goes_in_comes_out_in_its_order() -> None:
    assert list(opened(sealed(CONTENT)).items()) == list(CONTENT.items())
    (first, *_) = parcels.opened(io.BytesIO(sealed(CONTENT)), PASSPHRASE)
    assert (first.name, first.size, first.changed) == ("a", 0, 7)


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-zӨө]{1,8})?", fullmatch=True), st.binary(max_size=2000), max_size=5)
)
def test_any_files_come_out_as_they_were(content: dict[str, bytes]) -> None:
    assert opened(sealed(content)) == content


def test_nothing_of_it_can_be_read_without_the_passphrase() -> None:
    held = sealed({"name-of-file": b"99112233 UB99112233"})
    assert [word for word in (b"99112233", b"name-of-file", PASSPHRASE.encode()) if word in held] == []


def test_another_passphrase_is_told_from_damage() -> None:
    with pytest.raises(WrongPassphrase):
        opened(sealed(CONTENT), "correct horse batterY")


def test_letters_of_a_passphrase_may_be_typed_as_one_sign_or_two() -> None:
    assert opened(sealed(CONTENT, "café na\u00efve"), "cafe\u0301 nai\u0308ve") == CONTENT


def test_the_same_files_are_sealed_differently_each_time() -> None:
    assert sealed(CONTENT) != sealed(CONTENT)


@given(st.data())
def test_a_changed_byte_anywhere_is_noticed(data: st.DataObject) -> None:
    held = bytearray(sealed(CONTENT))
    # The cost is left alone: a higher one is only slow, and the key that comes out of it is another one.
    at = data.draw(st.integers(0, len(held) - 1).filter(lambda at: at != len(parcels.MARK)))
    held[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealError):
        opened(bytes(held))


@pytest.mark.parametrize("cost", [0, 3, 5, 21, 255])
def test_another_cost_of_the_passphrase_is_noticed(cost: int) -> None:
    held = bytearray(sealed(CONTENT))
    held[len(parcels.MARK)] = cost
    with pytest.raises(SealError):
        opened(bytes(held))


@given(st.data())
def test_a_file_that_was_cut_anywhere_is_noticed(data: st.DataObject) -> None:
    held = sealed(CONTENT)
    with pytest.raises(SealError):
        opened(held[: data.draw(st.integers(0, len(held) - 1))])


def test_a_file_without_its_last_pieces_is_noticed() -> None:
    held = sealed({"a": bytes(3 * PIECE)})
    head = len(parcels.MARK) + 1 + 16 + 7 + 4 + 16
    for whole_pieces in range(4):
        with pytest.raises(SealError):
            opened(held[: head + whole_pieces * (PIECE + 16)])


def test_pieces_in_another_order_do_not_open() -> None:
    held = sealed({"a": bytes(3 * PIECE)})
    at = len(parcels.MARK) + 1 + 16 + 7 + 4 + 16
    one, two = held[at : at + PIECE + 16], held[at + PIECE + 16 : at + 2 * (PIECE + 16)]
    with pytest.raises(SealError):
        opened(held[:at] + two + one + held[at + 2 * (PIECE + 16) :])


def test_what_was_added_behind_the_end_is_noticed() -> None:
    with pytest.raises(SealError):
        opened(sealed(CONTENT) + b"\0")


def test_what_is_no_parcel_says_so() -> None:
    with pytest.raises(NoParcel):
        opened(b"PK\3\4" + bytes(100))
    assert not parcels.is_parcel(io.BytesIO(b""))
    assert parcels.is_parcel(io.BytesIO(sealed({})))


def test_a_link_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    told = tarfile.TarInfo("a")
    told.type, told.linkname = tarfile.SYMTYPE, "/etc/passwd"
    monkeypatch.setattr(parcels, "_tar", lambda _: iter([told.tobuf(), bytes(1024)]))
    held = sealed({})
    with pytest.raises(SealError, match="'a' in the backup is no plain file"):
        opened(held)


def test_what_opens_but_is_no_tar_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "_tar", lambda _: iter([b"x" * 2000]))
    held = sealed({})
    with pytest.raises(SealError, match="what is in it is not a backup"):
        opened(held)


def test_a_member_that_is_not_as_long_as_it_said_is_refused() -> None:
    with pytest.raises(SealError, match="a changed its size while it was read: 5 bytes became 3"):
        parcels.seal([Member("a", 5, [b"abc"])], io.BytesIO(), PASSPHRASE)


def test_large_members_are_never_held_whole() -> None:
    """Pieces are asked for one by one, while others are being written."""
    written: list[int] = []

    class Sink(io.BytesIO):
        def write(self, content: bytes) -> int:  # type: ignore[override]
            written.append(len(content))
            return len(content)

    ahead: list[int] = []

    def pieces() -> object:
        for number in range(40):
            ahead.append(number * PIECE - sum(written))
            yield bytes(PIECE)

    parcels.seal([Member("a", 40 * PIECE, pieces())], Sink(), PASSPHRASE)  # type: ignore[arg-type]
    assert max(ahead) <= parcels.BUFFER + 3 * PIECE
