"""Sealing of personal values and files: AES-256-GCM under a ring of keys, and a keyed hash for equality.

Every sealed value is bound to a *context* (such as ``"sources.SourceRecord.raw"``): the same bytes moved to
another column or file do not open. Keys carry ids, so that a new key can be added (``rotated``) while old
values stay readable. The root key never changes: blind indexes and derived secrets must stay equal for years.

Source: NIST SP 800-38D (GCM, random 96-bit nonces: seal at most 2**32 values under one key, then rotate);
Hoang, Reyhanitabar, Rogaway and Vizár 2015 (the STREAM construction, used for files).
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from soyol.lib.pieces import Pieces

VALUE_MARK = b"\x01"
FILE_MARK = b"SOYOL1\n"
KEY_BYTES = 32
ID_BYTES = 4
NONCE_BYTES = 12
TAG_BYTES = 16
SALT_BYTES = 16
#: Plain bytes in one sealed piece of a file: large enough to be fast, small enough to hold in memory.
PIECE = 256 * 1024


class SealError(ValueError):
    """Something could not be sealed or opened; the message says what and the way out, never a value or key."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id, the id that seals new values, and the root that indexes and secrets are derived from."""

    keys: dict[str, bytes] = field(repr=False)
    current: str
    root: bytes = field(repr=False)
    _ciphers: dict[str, AESGCM] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise SealError(f"the key ring has no key {self.current!r}, which it names as current")
        for name, key in {**self.keys, "root": self.root}.items():
            if len(key) != KEY_BYTES:
                raise SealError(f"key {name!r} has {len(key)} bytes, not {KEY_BYTES}")
        self._ciphers.update({name: AESGCM(key) for name, key in self.keys.items()})

    @classmethod
    def generate(cls) -> Self:
        """A fresh ring with one key."""
        name, key = _new_key()
        return cls(keys={name: key}, current=name, root=secrets.token_bytes(KEY_BYTES))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the ring from ``path``; refuses a file that other users can read.

        Raises SealError when the file is missing, too open or not a ring.
        """
        try:
            with path.open("rb") as stream:
                mode = stat.S_IMODE(os.fstat(stream.fileno()).st_mode)
                content = stream.read()
        except FileNotFoundError as error:
            raise SealError(f"{path} does not exist: restore it from the backup of the keys") from error
        if mode & 0o077:
            raise SealError(f"{path} can be read by other users (mode {mode:o}): run chmod 600 on it")
        try:
            told = json.loads(content)
            keys = {name: base64.b64decode(key, validate=True) for name, key in told["keys"].items()}
            return cls(keys=keys, current=told["current"], root=base64.b64decode(told["root"], validate=True))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SealError(f"{path} is not a key file of Soyol: restore it from the backup of the keys") from error

    @classmethod
    def load_or_create(cls, path: Path) -> Self:
        """Read the ring, or make it with mode 0600 when there is none; two processes at once end with the same ring."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                _write(cls.generate(), path, replace=False)
        return cls.load(path)

    def rotated(self) -> Self:
        """The same ring with one more key, which seals from now on."""
        name, key = _new_key()
        return type(self)(keys={**self.keys, name: key}, current=name, root=self.root)

    def save(self, path: Path) -> None:
        """Replace the file at ``path`` in one step, mode 0600."""
        _write(self, path, replace=True)

    def seal(self, plain: bytes, context: str) -> bytes:
        """Seal ``plain`` for ``context``: mark, key id, nonce, ciphertext with tag (33 bytes more than plain)."""
        nonce = os.urandom(NONCE_BYTES)
        head = VALUE_MARK + bytes.fromhex(self.current)
        return head + nonce + self._ciphers[self.current].encrypt(nonce, plain, head + context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """The plain bytes; SealError when changed, sealed for another context, or under a key not in the ring."""
        sealed = bytes(sealed)
        head = 1 + ID_BYTES
        if len(sealed) < head + NONCE_BYTES + TAG_BYTES or sealed[:1] != VALUE_MARK:
            raise SealError("this is not a sealed value")
        cipher = self._ciphers.get(sealed[1:head].hex())
        if cipher is None:
            raise SealError(f"sealed under key {sealed[1:head].hex()}, which the ring does not hold: restore that key")
        nonce = sealed[head : head + NONCE_BYTES]
        try:
            return cipher.decrypt(nonce, sealed[head + NONCE_BYTES :], sealed[:head] + context.encode())
        except InvalidTag as error:
            raise SealError(f"the value was changed, or was sealed for something other than {context!r}") from error

    def needs_resealing(self, sealed: bytes) -> bool:
        """True when ``sealed`` is under an older key."""
        return bytes(sealed)[1 : 1 + ID_BYTES].hex() != self.current

    def seal_file(self, plain: BinaryIO, sealed: BinaryIO, context: str) -> tuple[int, str]:
        """Seal a stream piece by piece in constant memory; returns the size and SHA-256 (hex) of the plain bytes."""
        salt = os.urandom(SALT_BYTES)
        cipher = AESGCM(_file_key(self.keys[self.current], salt, context))
        sealed.write(FILE_MARK + bytes.fromhex(self.current) + salt)
        digest, size, number = hashlib.sha256(), 0, 0
        piece = _read_full(plain, PIECE)
        while True:
            following = _read_full(plain, PIECE) if len(piece) == PIECE else b""
            digest.update(piece)
            size += len(piece)
            sealed.write(cipher.encrypt(_piece_nonce(number, last=not following), piece, None))
            if not following:
                return size, digest.hexdigest()
            piece, number = following, number + 1

    def open_file(self, sealed: BinaryIO, context: str) -> Iterator[bytes]:
        """Yield the plain pieces of a sealed stream.

        Each piece is checked before it is yielded; a file cut short raises SealError at its end, so use what
        was yielded only after the iterator is exhausted.
        """
        head = _read_full(sealed, len(FILE_MARK) + ID_BYTES + SALT_BYTES)
        if not head.startswith(FILE_MARK) or len(head) != len(FILE_MARK) + ID_BYTES + SALT_BYTES:
            raise SealError("this is not a sealed file")
        name = head[len(FILE_MARK) : len(FILE_MARK) + ID_BYTES].hex()
        if name not in self.keys:
            raise SealError(f"the file is sealed under key {name}, which the ring does not hold: restore that key")
        cipher = AESGCM(_file_key(self.keys[name], head[-SALT_BYTES:], context))
        number, piece = 0, _read_full(sealed, PIECE + TAG_BYTES)
        while True:
            following = _read_full(sealed, PIECE + TAG_BYTES) if len(piece) == PIECE + TAG_BYTES else b""
            try:
                yield cipher.decrypt(_piece_nonce(number, last=not following), piece, None)
            except InvalidTag as error:
                raise SealError("the file was changed or cut short, or belongs to another record") from error
            if not following:
                return
            piece, number = following, number + 1

    def file_needs_resealing(self, sealed: BinaryIO) -> bool:
        """True when a sealed stream, read from its beginning, is under an older key."""
        head = _read_full(sealed, len(FILE_MARK) + ID_BYTES)
        return head[len(FILE_MARK) :].hex() != self.current

    def reseal_file(self, sealed: BinaryIO, to: BinaryIO, context: str) -> tuple[int, str]:
        """Seal a sealed stream anew under the current key; size and SHA-256 (hex) of the plain bytes.

        Raises SealError before ``to`` is whole when the stream was changed or cut.
        """
        return self.seal_file(cast("BinaryIO", Pieces(self.open_file(sealed, context))), to, context)

    def derive(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        """A secret for ``purpose``, always the same for this ring and independent of those for other purposes."""
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"derive:" + purpose.encode()).derive(self.root)

    def blind_index(self, value: str, purpose: str) -> str:
        """HMAC-SHA256 of ``value`` in hex: equal values of one purpose are found without being readable.

        Normalise first: the hash knows no likeness. Who holds the ring can still guess values with few possibilities.
        """
        message = len(purpose).to_bytes(4, "big") + purpose.encode() + value.encode()
        return hmac.digest(self.root, b"index:" + message, "sha256").hex()


def _new_key() -> tuple[str, bytes]:
    return secrets.token_hex(ID_BYTES), secrets.token_bytes(KEY_BYTES)


def _write(ring: KeyRing, path: Path, *, replace: bool) -> None:
    """Write beside ``path`` with mode 0600, then move into place: no reader ever sees half a file."""
    told = {
        "format": 1,
        "current": ring.current,
        "keys": {name: base64.b64encode(key).decode() for name, key in ring.keys.items()},
        "root": base64.b64encode(ring.root).decode(),
    }
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            json.dump(told, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            beside.replace(path)
        else:
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _file_key(key: bytes, salt: bytes, context: str) -> bytes:
    """One key per file, so that piece numbers can serve as nonces."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"file:" + context.encode()).derive(key)


def _piece_nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NONCE_BYTES - 1, "big") + (b"\x01" if last else b"\x00")


def _read_full(stream: BinaryIO, size: int) -> bytes:
    """Exactly ``size`` bytes unless the stream ends first (raw streams may answer with less)."""
    piece = stream.read(size)
    while 0 < len(piece) < size:
        more = stream.read(size - len(piece))
        if not more:
            break
        piece += more
    return piece
