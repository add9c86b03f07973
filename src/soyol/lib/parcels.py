"""Many files in one, which opens by a passphrase: a tar whose bytes are sealed piece by piece.

Layout: ``MARK``; one byte, the cost of the passphrase (a power of two); 16 bytes of salt; then a sealed stream as
``lib.sealing`` writes it, bound to all before it. The stream is a POSIX tar. A piece that was changed, moved or left
out does not open, and neither does a stream without its end. Everything here works in constant memory.

The key comes from the passphrase by scrypt (RFC 7914; cost as OWASP's password storage sheet asks: 128 MB, N = 2**17).
"""

import hashlib
import io
import os
import tarfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from soyol.lib.pieces import Pieces
from soyol.lib.sealing import FILE_MARK, ID_BYTES, KEY_BYTES, SALT_BYTES, KeyRing, SealError

MARK = b"SOYOL BACKUP 1\n"
#: N = 2**17 with r = 8 takes 128 MB and some tenths of a second.
COST = 17
#: A file that asks for more (1 GB) is not ours.
HIGHEST_COST = 20
BUFFER = 1 << 20


class NoParcel(SealError):
    """The file does not begin as one of ours."""


class WrongPassphrase(SealError):
    """Another passphrase sealed this file, or its first bytes were changed."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file that goes in. ``pieces`` are exactly ``size`` bytes; ``changed`` is its time in whole seconds."""

    name: str
    size: int
    pieces: Iterable[bytes]
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that comes out; ``content`` can be read until the next one is asked for."""

    name: str
    size: int
    changed: int
    content: BinaryIO


def seal(members: Iterable[Member], to: BinaryIO, passphrase: str) -> None:
    """Write all members to ``to``. A member is opened when its turn comes, and need not be there before."""
    head = MARK + bytes([COST]) + os.urandom(SALT_BYTES)
    to.write(head)
    with io.BufferedReader(Pieces(_tar(members)), BUFFER) as plain:
        _ring(passphrase, head).seal_file(plain, to, _context(head))


def opened(stream: BinaryIO, passphrase: str) -> Iterator[Opened]:
    """The members in their order.

    What was yielded counts only when the iterator is exhausted: a file that was cut tells it at its end. Raises
    NoParcel, WrongPassphrase, or SealError where something was changed.
    """
    head = stream.read(len(MARK) + 1 + SALT_BYTES)
    if len(head) != len(MARK) + 1 + SALT_BYTES or not head.startswith(MARK) or not 0 < head[len(MARK)] <= HIGHEST_COST:
        raise NoParcel("this is not a backup of Soyol, or its first bytes were changed")
    ring = _ring(passphrase, head)
    _check_passphrase(stream, ring)
    with io.BufferedReader(Pieces(ring.open_file(stream, _context(head))), BUFFER) as plain:
        try:
            yield from _members(plain)
        except tarfile.TarError as fault:
            raise SealError("the file opens, but what is in it is not a backup") from fault
        while plain.read(BUFFER):  # the end of the stream is what tells that nothing was cut off
            pass


def is_parcel(stream: BinaryIO) -> bool:
    """Whether the stream begins as one of ours."""
    return stream.read(len(MARK)) == MARK


def _ring(passphrase: str, head: bytes) -> KeyRing:
    """A ring of one key, whose id is derived from it: another passphrase is told from a damaged file."""
    salt, cost = head[-SALT_BYTES:], head[len(MARK)]
    # An accented letter is one sign or two, as the keyboard has it: the same words must open on another machine.
    typed = unicodedata.normalize("NFC", passphrase).encode()
    key = Scrypt(salt=salt, length=KEY_BYTES, n=2**cost, r=8, p=1).derive(typed)
    name = HKDF(algorithm=SHA256(), length=ID_BYTES, salt=None, info=b"parcel:id").derive(key).hex()
    return KeyRing(keys={name: key}, current=name, root=key)


def _context(head: bytes) -> str:
    return f"lib.parcels:{head.hex()}"


def _check_passphrase(stream: BinaryIO, ring: KeyRing) -> None:
    begins_at = stream.tell()
    told = stream.read(len(FILE_MARK) + ID_BYTES)
    stream.seek(begins_at)
    if len(told) != len(FILE_MARK) + ID_BYTES or not told.startswith(FILE_MARK):
        raise SealError("the file was cut short or changed at its beginning")
    if told[len(FILE_MARK) :].hex() != ring.current:
        raise WrongPassphrase("the passphrase is not the one that this backup was made with")


def _tar(members: Iterable[Member]) -> Iterator[bytes]:
    for member in members:
        told = tarfile.TarInfo(member.name)
        told.size, told.mtime, told.mode = member.size, member.changed, 0o600
        yield told.tobuf(tarfile.PAX_FORMAT)
        written = 0
        for piece in member.pieces:
            written += len(piece)
            yield piece
        if written != member.size:
            raise SealError(f"{member.name} changed its size while it was read: {member.size} bytes became {written}")
        yield bytes(-written % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _members(plain: BinaryIO) -> Iterator[Opened]:
    with tarfile.open(fileobj=plain, mode="r|", bufsize=BUFFER) as tar:
        for told in tar:
            content = tar.extractfile(told) if told.isreg() else None
            if content is None:
                raise SealError(f"{told.name!r} in the backup is no plain file")
            yield Opened(told.name, told.size, int(told.mtime), content)  # type: ignore[arg-type] # reads as one
            tar.members.clear()  # type: ignore[attr-defined] # else it remembers every header; the stubs do not know it


def hashed(content: BinaryIO, to: BinaryIO | None = None) -> tuple[int, str]:
    """Read a stream to its end, into ``to`` if given; its size and SHA-256 (hex)."""
    digest, size = hashlib.sha256(), 0
    while piece := content.read(BUFFER):
        digest.update(piece)
        size += len(piece)
        if to is not None:
            to.write(piece)
    return size, digest.hexdigest()
