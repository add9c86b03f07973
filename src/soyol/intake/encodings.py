"""How a text file is written, decided before it is parsed, and the file as UTF-8 blocks.

Order of trust: a byte-order mark; the NUL pattern of UTF-16; UTF-8 that holds; else the single-byte encodings
that Mongolian lists come in, weighed by what letters they would give. Text that was decoded wrongly once before
it was saved ("Ð‘Ð°Ñ‚", "Р‘Р°С‚") is recognised and put right.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from soyol.intake.limits import MEGABYTE
from soyol.intake.problems import Problem

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SINGLE = ("cp1251", "koi8-r", "cp866", "cp1252")
SAMPLE = 512 * 1024
BLOCK = 4 * MEGABYTE

#: Letters of UTF-8 Cyrillic read as CP1251 ("Р‘Р°С‚"), and as CP1252 or Latin-1 ("Ð‘Ð°Ñ‚").
_AS_1251 = re.compile(
    "(?:[РСТУ][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491Ґґ‚„…†‡€‰‹‘’“”•–—™›ЁёЄєЇїІіЎў№]){3,}"
)
_AS_1252 = re.compile("(?:[ÐÑÒÓ][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]){2,}")


def _c1(error: UnicodeError) -> tuple[bytes, int]:
    """Bytes that a code page leaves undefined travel as the control signs U+0080–U+009F."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    if any(not 0x80 <= ord(sign) <= 0x9F for sign in text):
        raise error
    return text.encode("latin-1"), error.end


codecs.register_error("soyol-c1", _c1)


@dataclass(frozen=True)
class Encoding:
    """``name`` is Python's; ``skip`` the bytes of the mark; ``scrambled`` the code page of an earlier wrong reading."""

    name: str
    skip: int = 0
    guessed: bool = False
    scrambled: str | None = None

    @property
    def notices(self) -> list[Problem]:
        found = []
        if self.guessed:
            found.append(Problem("intake.encoding_guessed", {"encoding": self.name.upper()}))
        if self.scrambled:
            found.append(Problem("intake.file_mojibake", {"encoding": self.scrambled.upper()}))
        return found


def decide(sample: bytes, *, whole: bool = False) -> Encoding:
    """The encoding of a file that begins with ``sample``; ``whole`` says that the sample is all of it."""
    for mark, name in MARKS:
        if sample.startswith(mark):
            text = sample[len(mark) :].decode(name, "ignore")
            return Encoding(name, len(mark), scrambled=_scrambled(text))
    if told := wide(sample):
        return Encoding(told, guessed=True)
    text, wrong = _as_utf8(sample, whole=whole)
    high = sum(byte >= 0x80 for byte in sample[:65536]) or 1
    if wrong == 0 or wrong < 0.02 * min(high, 5000):
        return Encoding("utf-8", scrambled=_scrambled(text))
    name = max(SINGLE, key=lambda each: _letters(sample[:65536], each))
    return Encoding(name, guessed=True)


def blocks(file: BinaryIO, encoding: Encoding, size: int = BLOCK) -> Iterator[bytes]:
    """The rest of an open file as UTF-8, in blocks that end anywhere but never inside a letter.

    UTF-8 comes as it is, valid or not: lines that are not are dealt with one by one, later.
    """
    if encoding.name == "utf-8" and not encoding.scrambled:
        while block := file.read(size):
            yield block
        return
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    held = ""
    while block := file.read(size):
        text = held + decoder.decode(block)
        held = ""
        if encoding.scrambled:
            text, held = _whole_lines(text)
            text = "\n".join(unscramble(line, encoding.scrambled) for line in text.split("\n"))
        yield text.encode("utf-8", "replace")
    rest = held + decoder.decode(b"", final=True)
    if encoding.scrambled:
        rest = unscramble(rest, encoding.scrambled)
    if rest:
        yield rest.encode("utf-8", "replace")


def unscramble(text: str, codec: str) -> str:
    """Text put right that was UTF-8 and had been read as ``codec``; unchanged where that does not hold."""
    if text.isascii():
        return text
    try:
        return text.encode(codec, "soyol-c1").decode("utf-8")
    except UnicodeError:
        return text


def line_text(line: bytes) -> tuple[str, bool]:
    """One line of a file said to be UTF-8, and whether it was; otherwise CP1251 is tried, then the loss is marked."""
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    try:
        other = line.decode("cp1251")
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace"), False
    letters = sum("а" <= sign <= "я" or sign in "єїё" for sign in other)
    high = sum(byte >= 0x80 for byte in line)
    return (other if letters > 0.6 * high else line.decode("utf-8", "replace")), False


def _whole_lines(text: str) -> tuple[str, str]:
    end = text.rfind("\n") + 1
    return text[:end], text[end:]


def _as_utf8(sample: bytes, *, whole: bool) -> tuple[str, int]:
    """Text and the number of places that are not UTF-8; a letter cut by the end of the sample is none."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(sample, final=whole)
    return text, text.count("\ufffd") - sample.count("\ufffd".encode())


def _scrambled(text: str) -> str | None:
    """The code page as which the whole text was wrongly read before, or ``None``."""
    words = text[:65536]
    cyrillic = len(re.findall("[Ѐ-ӿ]", words))
    for codec, shape in (("cp1251", _AS_1251), ("cp1252", _AS_1252)):
        touched = sum(len(each) for each in shape.findall(words))
        if touched > 20 and touched > 0.6 * (cyrillic if codec == "cp1251" else touched + cyrillic):
            return codec
    return None


def wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: separators, digits and line ends have a NUL on one side, always the same."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.04 * len(sample) or min(even, odd) > 0.1 * max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(name, "replace")
    known = sum(" " <= sign < "\u0500" or sign in "\t\r\n" or "\u1800" <= sign < "\u18b0" for sign in text)
    return name if known > 0.9 * len(text) else None


def _letters(sample: bytes, name: str) -> float:
    """How much like writing a sample looks in a single-byte encoding: small letters inside words count."""
    text = sample.decode(name, "replace")
    high = [sign for sign in text if sign > "\x7f"] or [" "]
    small: float = sum("а" <= sign <= "я" or sign in "ёєїі" for sign in high)
    odd = len(re.findall("[а-яёєї][А-ЯЁЄЇ]", text)) + sum("─" <= sign <= "▟" or sign == "\ufffd" for sign in text)
    if name == "cp1252":
        # Western names have single accented letters between plain ones.
        small = 0.9 * len(re.findall("[A-Za-z][À-ÿ][a-z]|[A-Za-z][À-ÿ]\\b|\\b[À-ÿ][a-z]{2}", text))
    return (small - 2 * odd) / len(high)
