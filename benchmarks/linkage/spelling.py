"""What keyboards, grammar and haste do to a word."""

import numpy as np

_BACK = "аоуяёы"
_KEYBOARDS = {
    "legacy": str.maketrans("өүӨҮ", "єїЄЇ"),
    "plain": str.maketrans("өүӨҮ", "оуОУ"),
    "plain_e": str.maketrans("ёЁөӨ", "еЕоО"),
    "latin_letters": str.maketrans("аесАЕСү", "aecAECv"),
}
_NEIGHBOURS = {
    **dict(zip("фцужэнгшүзкъйыбөахролдпячёсмитьвю", "цуэүшгнүшкзйыбыахороллдапчячмстимдв", strict=False)),
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "svxfrdgjukljmbiopwtayreczu"[:26], strict=True)),
}
_CONFUSED = str.maketrans("оуэиейөү", "уоиээиүө")


def on_keyboard(text: str, keyboard: str) -> str:
    """Return ``text`` as typed on a keyboard that lacks some letters."""
    return text.translate(_KEYBOARDS[keyboard])


def genitive(name: str) -> str:
    """Return the genitive of a name, as a patronymic is written before a given name (Дорж, Доржийн)."""
    low = name.lower()
    last = low[-1]
    if low[-2:] in {"аа", "ээ", "оо", "өө", "уу", "үү", "ай", "эй", "ий", "ой"} or last == "н":
        return name + "гийн"
    back = next((letter in _BACK for letter in reversed(low) if letter in _BACK + "эөүиею"), False)
    if last in "жчшгкь":
        return (name[:-1] if last == "ь" else name) + "ийн"
    stem = name[:-1] if last in "аэоөиуүяе" else name
    return stem + ("ын" if back else "ийн")


def mistyped(text: str, kind: str, rng: np.random.Generator) -> str:
    """Return ``text`` with one typing error of a kind; words of fewer than three letters stay as they are."""
    if len(text) < 3:
        return text
    at = int(rng.integers(1, len(text)))
    if kind == "omission":
        return text[:at] + text[at + 1 :]
    if kind == "doubling":
        return text[:at] + text[at] + text[at:]
    if kind == "transposition":
        at = min(at, len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    table = _CONFUSED if kind == "vowel" else None
    letter = text[at].translate(table) if table else _NEIGHBOURS.get(text[at].lower(), text[at])
    return text[:at] + letter + text[at + 1 :]
