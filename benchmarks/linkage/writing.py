"""Small things that every list writes: phones, dates, places, capitals, typing errors."""

import numpy as np

from benchmarks.linkage.places import AIMAG_NAMES, SOUM_AIMAG, SOUM_NAMES
from benchmarks.linkage.romanise import romanise
from benchmarks.linkage.spelling import mistyped
from benchmarks.linkage.vocabulary import array

_LATIN_AIMAGS = array([romanise(name, "passport") for name in AIMAG_NAMES])
_LATIN_SOUMS = array([romanise(name, "passport") for name in SOUM_NAMES])
_SHORT_CAPITAL = {
    "Улаанбаатар": ("УБ", "Улаанбаатар хот", "Нийслэл"),
    "Ulaanbaatar": ("UB", "Ulaanbaatar city", "UB city"),
}


def phone_text(numbers: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Write numbers of eight digits in the ways people write them; an empty one stays empty."""
    out = numbers.copy()
    way = rng.choice(6, len(out), p=[0.62, 0.14, 0.1, 0.06, 0.04, 0.04])
    forms = {
        1: lambda text: f"{text[:4]}-{text[4:]}",
        2: lambda text: f"{text[:4]} {text[4:]}",
        3: lambda text: f"+976 {text}",
        4: lambda text: f"976-{text[:4]}-{text[4:]}",
        5: lambda text: f"({text[:2]}) {text[2:4]} {text[4:6]} {text[6:]}",
    }
    for number, form in forms.items():
        at = np.flatnonzero((way == number) & (out != ""))
        out[at] = array([form(text) for text in out[at]])
    return out


def spoil_digit(texts: np.ndarray, at: np.ndarray, rng: np.random.Generator, first: int = 0) -> None:
    """Change one digit of the texts at ``at``, in place, from position ``first`` on; empty ones stay empty."""
    for n in at.tolist():
        text = texts[n]
        if len(text) > first + 1:
            place = int(rng.integers(first, len(text)))
            texts[n] = text[:place] + str((int(rng.integers(1, 10)) + ord(text[place])) % 10) + text[place + 1 :]


def mistype(texts: np.ndarray, at: np.ndarray, kinds: list[str], rng: np.random.Generator) -> None:
    """Make one typing error of one of ``kinds`` in each text at ``at``, in place."""
    chosen = rng.integers(0, len(kinds), len(at)).tolist()
    for n, kind in zip(at.tolist(), chosen, strict=True):
        texts[n] = mistyped(texts[n], kinds[kind], rng)


def date_text(days: np.ndarray, form: str) -> np.ndarray:
    """Dates (datetime64[D]) by a strftime form; only unique days are formatted, so a million cost little."""
    values, place = np.unique(days, return_inverse=True)
    return array([day.strftime(form) for day in values.astype(object)])[place]


def aimag_text(soum: np.ndarray, latin: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The aimag of each soum as a list writes it; now and then the capital is shortened."""
    number = SOUM_AIMAG[np.maximum(soum, 0)]
    out = np.where(latin, _LATIN_AIMAGS[number], AIMAG_NAMES[number]).astype(object)
    at = np.flatnonzero((number == 0) & (rng.random(len(out)) < 0.4))
    which = rng.integers(0, 3, len(at)).tolist()
    out[at] = array([_SHORT_CAPITAL[text][pick] for text, pick in zip(out[at], which, strict=True)])
    out[soum < 0] = ""
    return out


def soum_text(soum: np.ndarray, latin: np.ndarray) -> np.ndarray:
    """The soum or district as a list writes it."""
    at = np.maximum(soum, 0)
    out = np.where(latin, _LATIN_SOUMS[at], SOUM_NAMES[at]).astype(object)
    out[soum < 0] = ""
    return out


def capitals(texts: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Upper case where the mask holds."""
    out = texts.copy()
    at = np.flatnonzero(mask)
    out[at] = array([text.upper() for text in out[at]])
    return out
